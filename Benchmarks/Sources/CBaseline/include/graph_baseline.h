#ifndef STORAGEKIT_GRAPH_BASELINE_H
#define STORAGEKIT_GRAPH_BASELINE_H

#include <stddef.h>
#include <stdint.h>

// What a plain C program does with a graph in compressed sparse rows, on one thread. Nodes are
// numbered from 0, and rows are in the order of the edges.

typedef struct graph_baseline graph_baseline;

// Parses lines of "source target weight" and builds the rows of both directions; NULL when a line
// is no edge between nodes below `nodes`, or when there is no memory.
graph_baseline *graph_baseline_load(const char *text, size_t length, uint32_t nodes);
void graph_baseline_close(graph_baseline *graph);

int64_t graph_baseline_node_count(const graph_baseline *graph);
int64_t graph_baseline_edge_count(const graph_baseline *graph);

// Each writes one value for each node. -1 stands for a node that is not reached.
void graph_baseline_bfs(const graph_baseline *graph, uint32_t source, int32_t *levels);
void graph_baseline_sssp(const graph_baseline *graph, uint32_t source, double *distances);
void graph_baseline_pagerank(
    const graph_baseline *graph, double damping, int iterations, double *ranks);
// The smallest node of each component.
void graph_baseline_wcc(const graph_baseline *graph, uint32_t *components);

// Adds up the targets of `count` nodes.
int64_t graph_baseline_neighbours(const graph_baseline *graph, const uint32_t *nodes, int count);

// Adds up how many distinct nodes are two steps from each of `count` nodes.
int64_t graph_baseline_fof(const graph_baseline *graph, const uint32_t *nodes, int count);

#endif
