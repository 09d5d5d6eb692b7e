#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The natural logarithm, which the standard library does not have.
func logarithm(_ number: Double) -> Double { log(number) }
