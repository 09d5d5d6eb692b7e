#include "graph_baseline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rows {
    uint32_t *offsets;
    uint32_t *neighbours;
};

struct graph_baseline {
    uint32_t node_count;
    uint32_t edge_count;
    struct rows out, in;
    // In step with the outgoing rows.
    double *weights;
};

struct edge {
    uint32_t source, target, weight;
};

// MARK: Loading

static const char *parse_number(const char *at, const char *end, uint32_t *number) {
    while (at < end && *at == ' ') at++;
    if (at == end || *at < '0' || *at > '9') return NULL;
    uint32_t value = 0;
    while (at < end && *at >= '0' && *at <= '9') value = value * 10 + (uint32_t)(*at++ - '0');
    *number = value;
    return at;
}

static struct edge *parse(const char *text, size_t length, uint32_t nodes, uint32_t *edges) {
    const char *at = text, *end = text + length;
    size_t room = 1 << 16, count = 0;
    struct edge *list = malloc(room * sizeof *list);
    while (list && at < end) {
        if (count == room) {
            struct edge *larger = realloc(list, (room *= 2) * sizeof *list);
            if (!larger) break;
            list = larger;
        }
        struct edge *edge = &list[count++];
        if (!(at = parse_number(at, end, &edge->source)) ||
            !(at = parse_number(at, end, &edge->target)) ||
            !(at = parse_number(at, end, &edge->weight)) || edge->source >= nodes ||
            edge->target >= nodes) {
            free(list);
            return NULL;
        }
        while (at < end && *at == '\n') at++;
    }
    *edges = (uint32_t)count;
    return list;
}

static int build(graph_baseline *graph, const struct edge *edges) {
    uint32_t n = graph->node_count, m = graph->edge_count;
    graph->out.offsets = calloc(n + 1, sizeof(uint32_t));
    graph->in.offsets = calloc(n + 1, sizeof(uint32_t));
    graph->out.neighbours = malloc(m * sizeof(uint32_t));
    graph->in.neighbours = malloc(m * sizeof(uint32_t));
    graph->weights = malloc(m * sizeof(double));
    uint32_t *next = malloc((n + 1) * sizeof(uint32_t));
    if (!graph->out.offsets || !graph->in.offsets || !graph->out.neighbours ||
        !graph->in.neighbours || !graph->weights || !next)
        return 0;
    for (uint32_t i = 0; i < m; i++) {
        graph->out.offsets[edges[i].source + 1]++;
        graph->in.offsets[edges[i].target + 1]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        graph->out.offsets[i + 1] += graph->out.offsets[i];
        graph->in.offsets[i + 1] += graph->in.offsets[i];
    }
    memcpy(next, graph->out.offsets, (n + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < m; i++) {
        uint32_t place = next[edges[i].source]++;
        graph->out.neighbours[place] = edges[i].target;
        graph->weights[place] = edges[i].weight;
    }
    memcpy(next, graph->in.offsets, (n + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < m; i++)
        graph->in.neighbours[next[edges[i].target]++] = edges[i].source;
    free(next);
    return 1;
}

graph_baseline *graph_baseline_load(const char *text, size_t length, uint32_t nodes) {
    graph_baseline *graph = calloc(1, sizeof *graph);
    if (!graph) return NULL;
    graph->node_count = nodes;
    struct edge *edges = parse(text, length, nodes, &graph->edge_count);
    int is_built = edges && build(graph, edges);
    free(edges);
    if (is_built) return graph;
    graph_baseline_close(graph);
    return NULL;
}

void graph_baseline_close(graph_baseline *graph) {
    if (!graph) return;
    free(graph->out.offsets);
    free(graph->out.neighbours);
    free(graph->in.offsets);
    free(graph->in.neighbours);
    free(graph->weights);
    free(graph);
}

int64_t graph_baseline_node_count(const graph_baseline *graph) { return graph->node_count; }
int64_t graph_baseline_edge_count(const graph_baseline *graph) { return graph->edge_count; }

// MARK: Algorithms

void graph_baseline_bfs(const graph_baseline *graph, uint32_t source, int32_t *levels) {
    const uint32_t *offsets = graph->out.offsets, *neighbours = graph->out.neighbours;
    uint32_t *queue = malloc(graph->node_count * sizeof(uint32_t));
    for (uint32_t i = 0; i < graph->node_count; i++) levels[i] = -1;
    uint32_t head = 0, tail = 0;
    queue[tail++] = source;
    levels[source] = 0;
    while (head < tail) {
        uint32_t node = queue[head++];
        for (uint32_t place = offsets[node]; place < offsets[node + 1]; place++) {
            uint32_t neighbour = neighbours[place];
            if (levels[neighbour] >= 0) continue;
            levels[neighbour] = levels[node] + 1;
            queue[tail++] = neighbour;
        }
    }
    free(queue);
}

void graph_baseline_pagerank(
    const graph_baseline *graph, double damping, int iterations, double *ranks) {
    const uint32_t *offsets = graph->in.offsets, *neighbours = graph->in.neighbours;
    uint32_t n = graph->node_count;
    double *passed = malloc(n * sizeof(double));
    for (uint32_t i = 0; i < n; i++) ranks[i] = 1.0 / n;
    for (int iteration = 0; iteration < iterations; iteration++) {
        double sunk = 0;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t degree = graph->out.offsets[i + 1] - graph->out.offsets[i];
            passed[i] = degree ? ranks[i] / degree : 0;
            if (!degree) sunk += ranks[i];
        }
        double base = (1 - damping) / n + damping * sunk / n;
        for (uint32_t i = 0; i < n; i++) {
            double sum = 0;
            for (uint32_t place = offsets[i]; place < offsets[i + 1]; place++)
                sum += passed[neighbours[place]];
            ranks[i] = base + damping * sum;
        }
    }
    free(passed);
}

static uint32_t root(uint32_t *parents, uint32_t node) {
    while (parents[node] != node) node = parents[node] = parents[parents[node]];
    return node;
}

void graph_baseline_wcc(const graph_baseline *graph, uint32_t *components) {
    const uint32_t *offsets = graph->out.offsets, *neighbours = graph->out.neighbours;
    for (uint32_t i = 0; i < graph->node_count; i++) components[i] = i;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        for (uint32_t place = offsets[i]; place < offsets[i + 1]; place++) {
            uint32_t left = root(components, i), right = root(components, neighbours[place]);
            if (left < right) components[right] = left;
            else components[left] = right;
        }
    }
    for (uint32_t i = 0; i < graph->node_count; i++) components[i] = root(components, i);
}

struct entry {
    double distance;
    uint32_t node;
};

struct heap {
    struct entry *entries;
    size_t count, room;
};

static void push(struct heap *heap, double distance, uint32_t node) {
    if (heap->count == heap->room) {
        heap->room = heap->room ? heap->room * 2 : 1024;
        heap->entries = realloc(heap->entries, heap->room * sizeof(struct entry));
    }
    size_t place = heap->count++;
    while (place > 0) {
        size_t parent = (place - 1) / 2;
        if (heap->entries[parent].distance <= distance) break;
        heap->entries[place] = heap->entries[parent];
        place = parent;
    }
    heap->entries[place] = (struct entry){distance, node};
}

static struct entry pop(struct heap *heap) {
    struct entry first = heap->entries[0], last = heap->entries[--heap->count];
    size_t place = 0, child;
    while ((child = 2 * place + 1) < heap->count) {
        if (child + 1 < heap->count &&
            heap->entries[child + 1].distance < heap->entries[child].distance)
            child++;
        if (last.distance <= heap->entries[child].distance) break;
        heap->entries[place] = heap->entries[child];
        place = child;
    }
    heap->entries[place] = last;
    return first;
}

void graph_baseline_sssp(const graph_baseline *graph, uint32_t source, double *distances) {
    const uint32_t *offsets = graph->out.offsets, *neighbours = graph->out.neighbours;
    struct heap heap = {0};
    for (uint32_t i = 0; i < graph->node_count; i++) distances[i] = INFINITY;
    distances[source] = 0;
    push(&heap, 0, source);
    while (heap.count) {
        struct entry nearest = pop(&heap);
        if (nearest.distance > distances[nearest.node]) continue;
        for (uint32_t place = offsets[nearest.node]; place < offsets[nearest.node + 1]; place++) {
            double distance = nearest.distance + graph->weights[place];
            if (distance >= distances[neighbours[place]]) continue;
            distances[neighbours[place]] = distance;
            push(&heap, distance, neighbours[place]);
        }
    }
    for (uint32_t i = 0; i < graph->node_count; i++)
        if (isinf(distances[i])) distances[i] = -1;
    free(heap.entries);
}

// MARK: Reads

int64_t graph_baseline_neighbours(const graph_baseline *graph, const uint32_t *nodes, int count) {
    const uint32_t *offsets = graph->out.offsets, *neighbours = graph->out.neighbours;
    int64_t sum = 0;
    for (int i = 0; i < count; i++)
        for (uint32_t place = offsets[nodes[i]]; place < offsets[nodes[i] + 1]; place++)
            sum += neighbours[place];
    return sum;
}

int64_t graph_baseline_fof(const graph_baseline *graph, const uint32_t *nodes, int count) {
    const uint32_t *offsets = graph->out.offsets, *neighbours = graph->out.neighbours;
    uint32_t *stamps = calloc(graph->node_count, sizeof(uint32_t));
    int64_t sum = 0;
    for (int i = 0; i < count; i++) {
        uint32_t stamp = (uint32_t)i + 1;
        for (uint32_t place = offsets[nodes[i]]; place < offsets[nodes[i] + 1]; place++) {
            uint32_t friend = neighbours[place];
            for (uint32_t next = offsets[friend]; next < offsets[friend + 1]; next++) {
                if (stamps[neighbours[next]] == stamp) continue;
                stamps[neighbours[next]] = stamp;
                sum++;
            }
        }
    }
    free(stamps);
    return sum;
}
