extension DocumentFilter {
    /// Refuses a filter that can never be right: every store throws the same, and asks nobody.
    ///
    /// - Throws: `invalidArgument`.
    package func check() throws(StorageError) {
        switch self {
        case .field(let path, let predicate):
            try path.checkForFilter()
            try predicate.check()
        case .every(let filters), .either(let filters), .neither(let filters):
            for filter in filters { try filter.check() }
        }
    }
}

extension DocumentPredicate {
    /// Refuses a predicate that can never be right.
    package func check() throws(StorageError) {
        switch self {
        case .equal(let value), .notEqual(let value): try value.checkAsOperand()
        case .less(let value), .lessOrEqual(let value), .greater(let value),
            .greaterOrEqual(let value):
            try value.checkAsOperand()
            try value.checkIsNoPattern("a comparison")
        case .oneOf(let values), .noneOf(let values), .containsAll(let values):
            for value in values {
                try value.checkAsOperand()
                try value.checkIsNoPattern("a list of values")
            }
        case .exists, .type: break
        case .matches(let expression): _ = try DocumentPattern(expression)
        case .remainder(_, let divisor):
            guard divisor != 0 else { throw .invalidDocumentArgument("a divisor is 0") }
        case .count(let count):
            guard count >= 0 else { throw .invalidDocumentArgument("a count is below 0") }
        case .someElement(let filter): try filter.check()
        case .someValue(let predicates), .both(let predicates):
            for predicate in predicates { try predicate.check() }
        case .not(let predicate): try predicate.check()
        }
    }
}

extension DocumentValue {
    fileprivate func checkAsOperand() throws(StorageError) {
        if case .undefined = self {
            throw .invalidDocumentArgument("nothing compares with undefined; compare with null")
        }
    }

    /// MongoDB would look for texts that the pattern matches.
    fileprivate func checkIsNoPattern(_ what: String) throws(StorageError) {
        if case .regularExpression = self {
            throw .invalidDocumentArgument("\(what) has a pattern; use matches")
        }
    }
}
