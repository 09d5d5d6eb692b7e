#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the process has taken of the machine so far, both sides and their data together.
struct ProcessUsage {
    private var usage = rusage()

    /// The usage at present.
    init() {
        #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
        getrusage(RUSAGE_SELF, &usage)
        #endif
    }

    /// The largest resident set.
    var peakResidentBytes: Int {
        #if canImport(Darwin)
        usage.ru_maxrss
        #else
        usage.ru_maxrss * 1024  // Linux counts kilobytes
        #endif
    }

    /// The time of all threads on a processor, in the program and in the system for it.
    var processorSeconds: Double { Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime) }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
}
