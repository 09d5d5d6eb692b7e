/// Which calls go wrong, and how.
public struct RepositoryFaultSchedule: Sendable {
    /// The fault of a method's call, which is counted from 1 for each method; `nil` for none.
    public let fault: @Sendable (_ method: RepositoryMethod, _ call: Int) -> RepositoryFault?

    /// Creates a schedule from a rule.
    public init(
        _ fault: @escaping @Sendable (_ method: RepositoryMethod, _ call: Int) -> RepositoryFault?
    ) {
        self.fault = fault
    }

    /// No fault, ever.
    public static var none: Self { Self { _, _ in nil } }

    /// A fault in every call of these methods, as of a store that is down.
    public static func always(
        _ fault: RepositoryFault, in methods: Set<RepositoryMethod> = Set(RepositoryMethod.allCases)
    ) -> Self {
        Self { method, _ in methods.contains(method) ? fault : nil }
    }

    /// Faults in particular calls: for each method, the calls by number, the first being 1.
    public static func scripted(_ script: [RepositoryMethod: [Int: RepositoryFault]]) -> Self {
        Self { method, call in script[method]?[call] }
    }

    /// Failures at random, before or after the call's effect, in one of so many calls.
    ///
    /// Whether a call fails depends on the seed, the method and the call's number alone, so that
    /// calls of several tasks may overlap and the schedule stays the same.
    public static func seeded(
        _ seed: UInt64, oneIn calls: Int,
        methods: Set<RepositoryMethod> = Set(RepositoryMethod.allCases)
    ) -> Self {
        precondition(calls >= 1, "one in at least 1 call")
        return Self { method, call in
            guard methods.contains(method) else { return nil }
            var generator = SeededGenerator(seed: mix(seed, method, call))
            guard Int.random(in: 1...calls, using: &generator) == 1 else { return nil }
            return Bool.random(using: &generator) ? .failBefore() : .failAfter()
        }
    }

    /// A seed of its own for each call; a generator that starts there scrambles it further.
    private static func mix(_ seed: UInt64, _ method: RepositoryMethod, _ call: Int) -> UInt64 {
        let letters = method.rawValue.utf8.reduce(UInt64(0)) { $0 &* 131 &+ UInt64($1) }
        return seed &+ letters &* 0x0000_0100_0000_01b3 &+ UInt64(call) &* 0xd6e8_feb8_6659_fd93
    }
}
