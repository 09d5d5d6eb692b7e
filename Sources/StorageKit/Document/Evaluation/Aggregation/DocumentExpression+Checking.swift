extension DocumentExpression {
    /// Refuses an expression that can never be right.
    ///
    /// - Parameter variables: The names that are there.
    /// - Throws: `invalidArgument`.
    func check(_ variables: Set<String>) throws(StorageError) {
        switch self {
        case .field(let path): try path.checkForExpression()
        case .variable(let name, let path):
            guard variables.contains(name) else {
                throw .invalidDocumentArgument("nothing is called \"\(name)\" here")
            }
            try path?.checkForExpression()
        case .document(let fields): try fields.checkNames()
        case .variadic(.ifNull, let operands):
            guard operands.count >= 2 else {
                throw .invalidDocumentArgument("there are not two values, one of which may be null")
            }
        case .rounded(_, let places, _):
            guard (-20...100).contains(places) else {
                throw .invalidDocumentArgument("a number cannot be rounded to \(places) places")
            }
        case .switch(let branches, _):
            guard !branches.isEmpty else { throw .invalidDocumentArgument("a switch has no case") }
        case .filter(_, let name, _), .map(_, let name, _):
            guard name.isVariableName else {
                throw .invalidDocumentArgument(
                    "\"\(name)\" is no name of a variable: a small letter of ASCII, then letters, "
                        + "digits and underscores")
            }
        case .root, .literal, .array, .unary, .binary, .variadic, .datePart, .conditional: break
        }
        try checkOperands(variables)
    }

    private func checkOperands(_ variables: Set<String>) throws(StorageError) {
        switch self {
        case .filter(let array, let name, let body), .map(let array, let name, let body):
            try array.check(variables)
            try body.check(variables.union([name]))
        case .document(let fields):
            for field in fields.elements { try field.value.check(variables) }
        case .array(let values), .variadic(_, let values):
            for value in values { try value.check(variables) }
        case .unary(_, let value), .rounded(let value, _, _), .datePart(_, let value):
            try value.check(variables)
        case .binary(_, let left, let right):
            try left.check(variables)
            try right.check(variables)
        case .conditional(let condition, let value, let other):
            for part in [condition, value, other] { try part.check(variables) }
        case .switch(let branches, let other):
            for branch in branches {
                try branch.condition.check(variables)
                try branch.value.check(variables)
            }
            try other.check(variables)
        case .field, .root, .variable, .literal: break
        }
    }
}

extension DocumentPath {
    /// Refuses what is no path of an expression, or of a field that one is put into.
    func checkForExpression() throws(StorageError) {
        try check()
        let names = components
        guard names.allSatisfy({ !$0.hasPrefix("$") }) else {
            throw .invalidDocumentArgument("the path \"\(text)\" has a name that begins with $")
        }
        guard names.count <= 200 else {
            throw .invalidDocumentArgument("a path has more than 200 names")
        }
    }

    /// Refuses what is no single name.
    func checkAsName() throws(StorageError) {
        try checkForExpression()
        guard !text.utf8.contains(UInt8(ascii: ".")) else {
            throw .invalidDocumentArgument("the name \"\(text)\" has a dot in it")
        }
    }
}

extension String {
    fileprivate var isVariableName: Bool {
        guard let first = utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        else { return false }
        return utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
