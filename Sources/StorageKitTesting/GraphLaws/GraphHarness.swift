public import StorageKit

/// How ``GraphLaws`` gets a graph store: empty, with no index.
public protocol GraphHarness<Subject>: ConformanceHarness where Subject: GraphStore {}
