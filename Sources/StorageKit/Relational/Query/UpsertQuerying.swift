/// A store or connection whose statements may insert a row or change the one in its way, in one
/// step: `INSERT … ON CONFLICT`.
///
/// Of several that do so at the same moment one inserts and the others change what it inserted;
/// none fails for the others' sake.
public protocol UpsertQuerying: RelationalQuerying {}
