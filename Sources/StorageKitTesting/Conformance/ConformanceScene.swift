/// A subject under examination with what the laws of its family do to it.
protocol ConformanceScene: Sendable {
    associatedtype Harness: ConformanceHarness

    var harness: Harness { get }
    var context: ConformanceContext { get }

    init(
        _ harness: Harness, _ subject: Harness.Subject, _ context: ConformanceContext
    ) async throws
}

extension ConformanceScene {
    /// Gives the body another scene on a subject as fresh as the first.
    func withAnotherScene<Value>(_ body: (Self) async throws -> Value) async throws -> Value {
        try await harness.withSubject { try await body(Self(harness, $0, context)) }
    }
}

extension ConformanceCase where Harness: ConformanceHarness {
    /// A case on a scene of a fresh subject.
    static func law<Scene: ConformanceScene>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (Scene) async throws -> Void
    ) -> ConformanceCase where Scene.Harness == Harness {
        ConformanceCase(id, clause: clause) { harness, context in
            try await harness.withSubject { subject in
                try await body(Scene(harness, subject, context))
            }
        }
    }

    /// A case of several tasks, run twice: in turns that the seed decides, then in parallel.
    ///
    /// Turns find the subjects that do in two steps what must be one, whatever the machine is
    /// doing; parallel runs find the data races, with luck.
    static func overlappingLaw<Scene: SceneWithTasks>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (Scene) async throws -> Void
    ) -> ConformanceCase where Scene.Harness == Harness {
        ConformanceCase(id, clause: clause) { harness, context in
            for executor in [InterleavingExecutor(seed: context.seed), nil] {
                try await withTaskExecutorPreference(executor) {
                    try await harness.withSubject { subject in
                        var scene = try await Scene(harness, subject, context)
                        scene.executor = executor
                        try await body(scene)
                    }
                }
            }
        }
    }
}
