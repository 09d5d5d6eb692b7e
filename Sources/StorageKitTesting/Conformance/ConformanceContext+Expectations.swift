public import StorageKit

extension ConformanceContext {
    /// Fails the case unless the condition holds.
    ///
    /// - Parameters:
    ///   - condition: What should be so.
    ///   - expected: The same in words, to stand after "expected".
    ///   - seen: What was seen instead.
    public func expect(
        _ condition: Bool, _ expected: @autoclosure () -> String,
        seen: @autoclosure () -> String = "it was not so"
    ) throws(ConformanceFailure) {
        guard !condition else { return }
        throw ConformanceFailure(expected: expected(), seen: seen())
    }

    /// Fails the case unless the two values are equal.
    ///
    /// - Parameters:
    ///   - seen: The store's value.
    ///   - expected: The contract's value.
    ///   - what: What the value is, for example "get after the insert".
    public func expectEqual<Value: Equatable>(
        _ seen: Value, _ expected: Value, _ what: @autoclosure () -> String
    ) throws(ConformanceFailure) {
        guard seen != expected else { return }
        throw ConformanceFailure(
            expected: "\(what()) to be \(describe(expected))", seen: describe(seen))
    }

    /// Fails the case unless the body throws a `StorageError` with this code.
    ///
    /// The refusal must be certain too: an error that says it may have been applied is no refusal.
    ///
    /// - Returns: The error, for further expectations.
    @discardableResult
    public func expectThrows<Value>(
        _ code: StorageError.Code, _ what: @autoclosure () -> String,
        _ body: () async throws -> Value
    ) async throws(ConformanceFailure) -> StorageError {
        let expected = "\(what()) to throw \(code)"
        let seen: String
        do {
            seen = "no error, the answer \(describe(try await body()))"
        } catch let error as StorageError {
            if error.code == code, !error.mayHaveBeenApplied { return error }
            seen = "the error \(error)"
        } catch {
            seen = "the error \(error), which is not a StorageError"
        }
        throw ConformanceFailure(expected: expected, seen: seen)
    }
}

/// A value as a message shows it: optionals without their wrapping.
func describe(_ value: some Any) -> String {
    let text = String(reflecting: value)
    guard text.hasPrefix("Optional("), text.hasSuffix(")") else {
        return text == "()" ? "nothing" : text
    }
    return String(text.dropFirst("Optional(".count).dropLast())
}
