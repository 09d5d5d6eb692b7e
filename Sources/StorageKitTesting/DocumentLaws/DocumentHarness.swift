public import StorageKit

/// How ``DocumentLaws`` gets a document store.
///
/// A subject must show no document that it was not given: on a server that others use as well, a
/// database of its own. Cases of limits need a subject whose limits can be passed: a document of a
/// few megabytes is tried, a larger limit is not applicable.
public protocol DocumentHarness<Subject>: ConformanceHarness where Subject: DocumentStore {}
