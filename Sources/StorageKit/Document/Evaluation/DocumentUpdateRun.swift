/// One document's update while it is made.
struct DocumentUpdateRun {
    let original: Document
    let arrayFilters: [String: DocumentMatcher]
    let now: DocumentDate
    let timestamp: DocumentTimestamp
    let isInsert: Bool

    /// As MongoDB has it: a place far behind an array's end is a mistake.
    private static let mostNulls = 1_500_000

    /// What becomes of a value, `nil` being none.
    func apply(
        _ node: DocumentUpdateNode, to value: DocumentValue?, _ path: String
    ) throws(StorageError) -> DocumentValue? {
        switch node {
        case .leaf(let step): return try apply(step, to: value, path)
        case .branch(let children):
            let isArrayWide = children.first?.name.isArrayWide ?? false
            switch value {
            case .array(let values) where isArrayWide:
                return try applyToAll(children, values, path)
            case _ where isArrayWide:
                throw .changeDoesNotFit("a change of an array's elements", path)
            case nil:
                let made = try apply(children, to: Document(), path)
                return made.isEmpty ? nil : .document(made)
            case .document(let document):
                return .document(try apply(children, to: document, path))
            case .array(let values): return .array(try apply(children, to: values, path))
            case let other?:
                try refuse(node, path)
                return other
            }
        }
    }

    private func apply(
        _ children: [DocumentUpdateNode.Child], to document: Document, _ path: String
    ) throws(StorageError) -> Document {
        var document = document
        for child in children {
            let name = child.name
            let place = document.place(of: name)
            let old = place.map { document.fields[$0].value }
            let new = try apply(child.node, to: old, Self.join(path, name))
            switch (place, new) {
            case (let place?, let new?): document.fields[place].value = new
            case (let place?, nil): document.fields.remove(at: place)
            case (nil, let new?): document.fields.append(DocumentField(name, new))
            case (nil, nil): break
            }
        }
        return document
    }

    private func apply(
        _ children: [DocumentUpdateNode.Child], to values: [DocumentValue], _ path: String
    ) throws(StorageError) -> [DocumentValue] {
        var values = values
        for child in children {
            guard let place = Self.index(child.name) else {
                try refuse(child.node, path)
                continue
            }
            let isThere = values.indices.contains(place)
            let old = isThere ? values[place] : nil
            let new = try apply(child.node, to: old, Self.join(path, child.name))
            if isThere {
                values[place] = new ?? .null
            } else if let new {
                guard place - values.count <= Self.mostNulls else {
                    throw .invalidDocumentArgument(
                        "\(path).\(child.name) is more than \(Self.mostNulls) places behind the "
                            + "array")
                }
                values += Array(repeating: .null, count: place - values.count) + [new]
            }
        }
        return values
    }

    private func applyToAll(
        _ children: [DocumentUpdateNode.Child], _ values: [DocumentValue], _ path: String
    ) throws(StorageError) -> DocumentValue {
        var changed = values
        for (place, element) in values.enumerated() {
            var node: DocumentUpdateNode?
            for child in children where matches(element, child.name) {
                node = try node?.merged(with: child.node) ?? child.node
            }
            guard let node else { continue }
            changed[place] = try apply(node, to: element, Self.join(path, "\(place)")) ?? .null
        }
        return .array(changed)
    }

    private func matches(_ element: DocumentValue, _ name: String) -> Bool {
        guard let filterName = name.arrayFilterName else { return true }
        let document = Document(fields: [DocumentField(filterName, element)])
        return arrayFilters[filterName]?.matches(document) ?? false
    }

    /// Only what removes, or does nothing, may lead nowhere, and no path to an array's elements.
    private func refuse(_ node: DocumentUpdateNode, _ path: String) throws(StorageError) {
        guard !node.leadsToElements else {
            throw .changeDoesNotFit("a change of an array's elements", path)
        }
        for step in node.steps {
            switch step {
            case .change(.unset): continue
            case .change(.setOnInsert) where !isInsert: continue
            case .renameHere(let old) where original[path: old] == nil: continue
            default: throw .changeDoesNotFit("a path that goes on", path)
            }
        }
    }

    private static func index(_ name: String) -> Int? {
        name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? Int(name) : nil
    }

    private static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}

extension DocumentUpdateRun {
    private func apply(
        _ step: DocumentChangeStep, to value: DocumentValue?, _ path: String
    ) throws(StorageError) -> DocumentValue? {
        switch step {
        case .change(let change): return try apply(change, to: value, path)
        case .renameAway: return nil
        case .renameHere(let old):
            guard let source = original[path: old] else { return value }
            try checkHasNoArrays(on: old)
            try checkHasNoArrays(on: DocumentPath(path))
            return source
        }
    }

    private func apply(
        _ change: DocumentChange, to value: DocumentValue?, _ path: String
    ) throws(StorageError) -> DocumentValue? {
        switch change {
        case .set(_, let new): return new
        case .setOnInsert(_, let new): return isInsert ? new : value
        case .unset: return nil
        case .increment(_, let amount):
            return try compute(.sum, value, amount, path) ?? amount
        case .multiply(_, let factor):
            return try compute(.product, value ?? .int32(0), factor, path) ?? factor
        case .lower(_, let new):
            return value.map { new.compared(to: $0) < 0 ? new : $0 } ?? new
        case .raise(_, let new):
            return value.map { new.compared(to: $0) > 0 ? new : $0 } ?? new
        case .rename: return value
        case .push(_, let push):
            return .array(push.applied(to: try array(value, "push", path) ?? []))
        case .addToSet(_, let values):
            var held = try array(value, "addToSet", path) ?? []
            for value in values where !held.contains(where: { $0.isEqual(to: value) }) {
                held.append(value)
            }
            return .array(held)
        case .pull(_, let pull):
            guard let held = try array(value, "pull", path) else { return nil }
            let isPulled = try pull.test()
            return .array(held.filter { !isPulled($0) })
        case .pop(_, let end):
            guard let held = try array(value, "pop", path) else { return nil }
            return .array(Array(end == .first ? held.dropFirst() : held.dropLast()))
        case .currentDate: return .date(now)
        case .currentTimestamp: return .timestamp(timestamp)
        }
    }

    private func compute(
        _ arithmetic: DocumentArithmetic, _ value: DocumentValue?, _ operand: DocumentValue,
        _ path: String
    ) throws(StorageError) -> DocumentValue? {
        guard let value else { return nil }
        guard let left = DocumentOperand(value), let right = DocumentOperand(operand) else {
            throw .changeDoesNotFit("arithmetic", path)
        }
        return try arithmetic(left, right)
    }

    private func array(
        _ value: DocumentValue?, _ change: String, _ path: String
    ) throws(StorageError) -> [DocumentValue]? {
        guard let value else { return nil }
        guard case .array(let values) = value else { throw .changeDoesNotFit(change, path) }
        return values
    }

    /// A renaming does not go through arrays.
    fileprivate func checkHasNoArrays(on path: DocumentPath) throws(StorageError) {
        var found = DocumentValue.document(original)
        for name in path.components {
            if case .array = found { throw .changeDoesNotFit("rename", path.text) }
            guard case .document(let document) = found, let place = document.place(of: name) else {
                return
            }
            found = document.fields[place].value
        }
    }
}

extension DocumentPush {
    fileprivate func applied(to values: [DocumentValue]) -> [DocumentValue] {
        var result = values
        let place = position.map { $0 < 0 ? max(0, values.count + $0) : min($0, values.count) }
        result.insert(contentsOf: self.values, at: place ?? values.count)
        switch sorting {
        case nil: break
        case .byValue(let direction):
            result = Self.sorted(result) { left, right in
                let order = left.compared(to: right)
                return direction == .ascending ? order : -order
            }
        case .byFields(let orders): result = Self.sorted(result) { Self.compare($0, $1, orders) }
        }
        guard let slice else { return result }
        return Array(slice < 0 ? result.suffix(-max(slice, -result.count)) : result.prefix(slice))
    }

    /// Unlike a query's order, this one takes an array for one value.
    private static func compare(
        _ left: DocumentValue, _ right: DocumentValue, _ orders: [DocumentOrder]
    ) -> Int {
        for order in orders {
            let first = left.value(at: order.path)
            let result = first.compared(to: right.value(at: order.path))
            if result != 0 { return order.direction == .ascending ? result : -result }
        }
        return 0
    }

    private static func sorted(
        _ values: [DocumentValue], _ compare: (DocumentValue, DocumentValue) -> Int
    ) -> [DocumentValue] {
        values.enumerated()
            .sorted { left, right in
                let order = compare(left.element, right.element)
                return order == 0 ? left.offset < right.offset : order < 0
            }
            .map(\.element)
    }
}

extension DocumentValue {
    fileprivate func value(at path: DocumentPath) -> DocumentValue {
        guard case .document(let document) = self else { return .null }
        return document[path: path] ?? .null
    }
}

extension DocumentPull {
    fileprivate func test() throws(StorageError) -> (DocumentValue) -> Bool {
        switch self {
        case .values(let values): return { value in values.contains { $0.isEqual(to: value) } }
        case .matching(let predicate):
            // The element as if it were a field: of an array, one of its elements may be so.
            let matcher = try DocumentMatcher(.field("element", predicate))
            return { matcher.matches(Document(fields: [DocumentField("element", $0)])) }
        case .elements(let filter):
            let matcher = try DocumentMatcher(filter)
            return {
                guard case .document(let document) = $0 else { return false }
                return matcher.matches(document)
            }
        }
    }
}
