#ifndef STORAGEKIT_GRAPH_IGRAPH_H
#define STORAGEKIT_GRAPH_IGRAPH_H

#include <stddef.h>
#include <stdint.h>

// The same with igraph's C library, by the functions it has for it.

typedef struct graph_igraph graph_igraph;

// Makes a directed graph of `count` edges; NULL when igraph reports an error.
graph_igraph *graph_igraph_open(uint32_t node_count, const uint32_t *sources,
                                const uint32_t *targets, const double *weights, int64_t count);
void graph_igraph_close(graph_igraph *graph);

// Parses lines of "source target", by igraph_read_graph_edgelist; how many edges, or -1.
int64_t graph_igraph_load(const char *text, size_t length);

// Each writes one value for each node; 0, or -1 when igraph reports an error. -1 stands for a node
// that is not reached.
int graph_igraph_bfs(const graph_igraph *graph, uint32_t source, int32_t *levels);
int graph_igraph_sssp(const graph_igraph *graph, uint32_t source, double *distances);
// To convergence: igraph's method for it has no number of iterations.
int graph_igraph_pagerank(const graph_igraph *graph, double damping, double *ranks);
// Some number for each component.
int graph_igraph_wcc(const graph_igraph *graph, uint32_t *components);

int64_t graph_igraph_neighbours(const graph_igraph *graph, const uint32_t *nodes, int count);
int64_t graph_igraph_fof(const graph_igraph *graph, const uint32_t *nodes, int count);

#endif
