/// A graph store that speaks a query language.
///
/// ```swift
/// try await store.run("MATCH (p:Person {id: \(id)}) SET p.seen = \(now)")
/// for try await name in store.query("MATCH (p:Person) RETURN p.name", as: String?.self) { … }
/// ```
///
/// Not every graph database has a language: what all have is in ``GraphReading`` and
/// ``GraphQuerying``.
public protocol QueryLanguageStore: GraphStore, GraphQueryRunning {}
