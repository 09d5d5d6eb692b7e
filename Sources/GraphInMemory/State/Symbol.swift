internal import StorageKit

/// An interned name: labels, types and keys are small numbers inside the engine.
struct Symbol<Name>: Hashable, Comparable, Sendable {
    let rawValue: UInt32

    init(_ rawValue: UInt32) { self.rawValue = rawValue }

    static func < (left: Symbol, right: Symbol) -> Bool { left.rawValue < right.rawValue }
}

typealias LabelSymbol = Symbol<GraphLabel>
typealias TypeSymbol = Symbol<RelationshipType>
typealias KeySymbol = Symbol<PropertyKey>
