#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Threads of the operating system.
package enum PlatformThread {
    /// As much as a main thread has, for a decoder's deepest recursion; only what is touched takes
    /// memory.
    private static let stackBytes = 8 << 20

    /// Starts a detached thread.
    ///
    /// - Parameter body: What it runs; the thread ends when it returns.
    /// - Throws: ``StorageError/Code/resourceExhausted`` when the system has no thread to give.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(StorageError) {
        let start = Unmanaged.passRetained(Start(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        let failure = create(&attributes, argument: start.toOpaque())
        guard failure != 0 else { return }
        start.release()
        throw StorageError(
            code: .resourceExhausted,
            message: "the system gave no thread for it; raise its limit on threads",
            native: .init(
                domain: "errno", name: String(cString: strerror(failure)), number: Int(failure)))
    }

    /// Carries a closure through the C function's pointer.
    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        /// What the new thread runs.
        static func run(_ argument: UnsafeMutableRawPointer?) {
            guard let argument else { return }
            Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
        }
    }

    private static func create(
        _ attributes: inout pthread_attr_t, argument: UnsafeMutableRawPointer
    ) -> Int32 {
        // The two systems import the same function with different optionality.
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        return pthread_create(
            &thread, &attributes,
            { argument in
                Start.run(argument)
                return nil
            }, argument)
    }
}
