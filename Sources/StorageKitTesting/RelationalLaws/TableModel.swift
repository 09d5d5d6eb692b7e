import StorageKit

/// A statement about things whose effect the model knows.
enum TableStatement: Sendable {
    case insert(Int, number: Int)
    case add(Int, toAtMost: Int)
    case delete(above: Int)

    /// An insert does nothing when the thing is there, so that no statement fails: an error would
    /// end a transaction of PostgreSQL's.
    var sql: SQL {
        switch self {
        case .insert(let id, let number):
            """
            INSERT INTO thing (id, name, number) VALUES (\(id), \("thing \(id)"), \(number))
            ON CONFLICT DO NOTHING
            """
        case .add(let amount, let most):
            "UPDATE thing SET number = number + \(amount) WHERE number <= \(most)"
        case .delete(let number): "DELETE FROM thing WHERE number > \(number)"
        }
    }
}

/// A part of a transaction.
enum TableStep: Sendable {
    /// Thrown to roll a transaction back.
    struct Abandoned: Error {}

    case statement(TableStatement)
    case nested([TableStep])
    case abandon

    static func random(depth: Int, _ random: inout SeededGenerator) -> [TableStep] {
        var steps = (0..<Int.random(in: 1...4, using: &random)).map { _ -> TableStep in
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                .statement(
                    .insert(
                        Int.random(in: 0..<8, using: &random),
                        number: Int.random(in: 0..<20, using: &random)))
            case 4..<6: .statement(.add(3, toAtMost: Int.random(in: 0..<20, using: &random)))
            case 6: .statement(.delete(above: Int.random(in: 5..<25, using: &random)))
            default:
                depth < 3
                    ? .nested(Self.random(depth: depth + 1, &random))
                    : .statement(.delete(above: 15))
            }
        }
        if Int.random(in: 0..<4, using: &random) == 0 { steps.append(.abandon) }
        return steps
    }
}

/// The numbers of things by their identifiers, as a dictionary.
struct TableModel: Equatable, Sendable {
    var numbers: [Int: Int] = [:]

    /// Applies a statement, and gives the number of rows it changes.
    mutating func apply(_ statement: TableStatement) -> Int {
        switch statement {
        case .insert(let id, let number):
            guard numbers[id] == nil else { return 0 }
            numbers[id] = number
            return 1
        case .add(let amount, let most):
            let found = numbers.filter { $0.value <= most }
            for (id, number) in found { numbers[id] = number + amount }
            return found.count
        case .delete(let number):
            let count = numbers.count
            numbers = numbers.filter { $0.value <= number }
            return count - numbers.count
        }
    }

    /// Applies a transaction; false, when it was abandoned.
    mutating func apply(_ steps: [TableStep]) -> Bool {
        for step in steps {
            switch step {
            case .statement(let statement): _ = apply(statement)
            case .nested(let inner):
                let before = self
                if !apply(inner) { self = before }
            case .abandon: return false
            }
        }
        return true
    }
}
