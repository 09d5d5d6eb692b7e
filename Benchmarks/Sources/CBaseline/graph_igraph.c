#define _GNU_SOURCE
#include "graph_igraph.h"

#include <igraph/igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct graph_igraph {
    igraph_t graph;
    igraph_vector_t weights;
};

graph_igraph *graph_igraph_open(uint32_t node_count, const uint32_t *sources,
                                const uint32_t *targets, const double *weights, int64_t count) {
    igraph_set_error_handler(igraph_error_handler_ignore);
    graph_igraph *graph = calloc(1, sizeof *graph);
    igraph_vector_int_t edges;
    if (!graph || igraph_vector_int_init(&edges, count * 2)) return NULL;
    for (int64_t i = 0; i < count; i++) {
        VECTOR(edges)[2 * i] = sources[i];
        VECTOR(edges)[2 * i + 1] = targets[i];
    }
    int is_made = !igraph_vector_init_array(&graph->weights, weights, count) &&
                  !igraph_create(&graph->graph, &edges, node_count, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&edges);
    return is_made ? graph : NULL;
}

void graph_igraph_close(graph_igraph *graph) {
    igraph_destroy(&graph->graph);
    igraph_vector_destroy(&graph->weights);
    free(graph);
}

int64_t graph_igraph_load(const char *text, size_t length) {
    igraph_t graph;
    FILE *file = fmemopen((void *)text, length, "r");
    if (!file) return -1;
    int failed = igraph_read_graph_edgelist(&graph, file, 0, IGRAPH_DIRECTED);
    fclose(file);
    if (failed) return -1;
    int64_t count = igraph_ecount(&graph);
    igraph_destroy(&graph);
    return count;
}

int graph_igraph_bfs(const graph_igraph *graph, uint32_t source, int32_t *levels) {
    igraph_vector_int_t distances;
    if (igraph_vector_int_init(&distances, 0)) return -1;
    int failed = igraph_bfs(&graph->graph, source, NULL, IGRAPH_OUT, 0, NULL, NULL, NULL, NULL,
                            NULL, NULL, &distances, NULL, NULL);
    for (igraph_integer_t i = 0; !failed && i < igraph_vector_int_size(&distances); i++)
        levels[i] = VECTOR(distances)[i] < 0 ? -1 : (int32_t)VECTOR(distances)[i];
    igraph_vector_int_destroy(&distances);
    return failed ? -1 : 0;
}

int graph_igraph_sssp(const graph_igraph *graph, uint32_t source, double *distances) {
    igraph_matrix_t result;
    if (igraph_matrix_init(&result, 0, 0)) return -1;
    int failed = igraph_distances_dijkstra(&graph->graph, &result, igraph_vss_1(source),
                                           igraph_vss_all(), &graph->weights, IGRAPH_OUT);
    for (igraph_integer_t i = 0; !failed && i < igraph_vcount(&graph->graph); i++)
        distances[i] = isinf(MATRIX(result, 0, i)) ? -1 : MATRIX(result, 0, i);
    igraph_matrix_destroy(&result);
    return failed ? -1 : 0;
}

int graph_igraph_pagerank(const graph_igraph *graph, double damping, double *ranks) {
    igraph_vector_t result;
    if (igraph_vector_init(&result, 0)) return -1;
    int failed = igraph_pagerank(&graph->graph, IGRAPH_PAGERANK_ALGO_PRPACK, &result, NULL,
                                 igraph_vss_all(), IGRAPH_DIRECTED, damping, NULL, NULL);
    if (!failed) igraph_vector_copy_to(&result, ranks);
    igraph_vector_destroy(&result);
    return failed ? -1 : 0;
}

int graph_igraph_wcc(const graph_igraph *graph, uint32_t *components) {
    igraph_vector_int_t membership;
    if (igraph_vector_int_init(&membership, 0)) return -1;
    int failed =
        igraph_connected_components(&graph->graph, &membership, NULL, NULL, IGRAPH_WEAK);
    for (igraph_integer_t i = 0; !failed && i < igraph_vector_int_size(&membership); i++)
        components[i] = (uint32_t)VECTOR(membership)[i];
    igraph_vector_int_destroy(&membership);
    return failed ? -1 : 0;
}

int64_t graph_igraph_neighbours(const graph_igraph *graph, const uint32_t *nodes, int count) {
    igraph_vector_int_t row;
    if (igraph_vector_int_init(&row, 0)) return -1;
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        if (igraph_neighbors(&graph->graph, &row, nodes[i], IGRAPH_OUT)) return -1;
        for (igraph_integer_t j = 0; j < igraph_vector_int_size(&row); j++) sum += VECTOR(row)[j];
    }
    igraph_vector_int_destroy(&row);
    return sum;
}

int64_t graph_igraph_fof(const graph_igraph *graph, const uint32_t *nodes, int count) {
    igraph_vector_int_t row, next;
    if (igraph_vector_int_init(&row, 0) || igraph_vector_int_init(&next, 0)) return -1;
    uint32_t *stamps = calloc(igraph_vcount(&graph->graph), sizeof(uint32_t));
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        if (igraph_neighbors(&graph->graph, &row, nodes[i], IGRAPH_OUT)) return -1;
        for (igraph_integer_t j = 0; j < igraph_vector_int_size(&row); j++) {
            if (igraph_neighbors(&graph->graph, &next, VECTOR(row)[j], IGRAPH_OUT)) return -1;
            for (igraph_integer_t k = 0; k < igraph_vector_int_size(&next); k++) {
                if (stamps[VECTOR(next)[k]] == (uint32_t)i + 1) continue;
                stamps[VECTOR(next)[k]] = (uint32_t)i + 1;
                sum++;
            }
        }
    }
    free(stamps);
    igraph_vector_int_destroy(&row);
    igraph_vector_int_destroy(&next);
    return sum;
}
