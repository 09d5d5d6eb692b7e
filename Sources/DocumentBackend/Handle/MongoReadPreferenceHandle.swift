internal import CLibMongoC

/// Which servers are read from: the owner of a `mongoc_read_prefs_t`.
///
/// It is changed by the one who makes it and only read from then on.
final class MongoReadPreferenceHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ preference: MongoReadPreference) {
        pointer = mongoc_read_prefs_new(preference.mode.native)
        mongoc_read_prefs_set_max_staleness_seconds(pointer, preference.nativeMaximumStaleness)
    }

    deinit { mongoc_read_prefs_destroy(pointer) }
}

extension MongoReadPreference {
    fileprivate var nativeMaximumStaleness: Int64 {
        maximumStaleness.map(\.components.seconds) ?? Int64(MONGOC_NO_MAX_STALENESS)
    }
}

extension MongoReadPreference.Mode {
    fileprivate var native: mongoc_read_mode_t {
        switch self {
        case .primary: MONGOC_READ_PRIMARY
        case .primaryPreferred: MONGOC_READ_PRIMARY_PREFERRED
        case .secondary: MONGOC_READ_SECONDARY
        case .secondaryPreferred: MONGOC_READ_SECONDARY_PREFERRED
        case .nearest: MONGOC_READ_NEAREST
        }
    }
}
