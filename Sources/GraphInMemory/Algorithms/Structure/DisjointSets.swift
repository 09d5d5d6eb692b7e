/// Which of some numbers belong together, where more and more do: union by size, path halving.
///
/// R. E. Tarjan, *Efficiency of a Good But Not Linear Set Union Algorithm*, Journal of the ACM 22,
/// 1975: practically constant time.
struct DisjointSets {
    private var parents: [Int]
    private var sizes: [Int]
    /// How many sets there are.
    private(set) var count: Int

    init(count: Int) {
        parents = Array(0..<count)
        sizes = [Int](repeating: 1, count: count)
        self.count = count
    }

    /// The number that stands for the set of a number.
    mutating func representative(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }

    /// Makes one set of two.
    ///
    /// - Returns: Whether they were two.
    mutating func unite(_ first: Int, _ second: Int) -> Bool {
        var (large, small) = (representative(of: first), representative(of: second))
        guard large != small else { return false }
        if sizes[large] < sizes[small] { swap(&large, &small) }
        parents[small] = large
        sizes[large] += sizes[small]
        count -= 1
        return true
    }
}
