internal import CLibMongoC

/// libmongoc itself: it is set up once in a process, before anything else is asked of it.
enum MongoLibrary {
    /// Sets the library up when it is first read.
    ///
    /// It is never cleaned up: libmongoc's manual, `mongoc_cleanup`: "mongoc_init() and
    /// mongoc_cleanup() must each be called exactly once in a process", and nobody in a process
    /// knows that he is the last.
    static let isReady: Bool = {
        mongoc_init()
        // What it has to say comes as errors; standard error is the program's.
        mongoc_log_set_handler(nil, nil)
        return true
    }()

    /// Its version, for example `1.23.1`.
    static var version: String { String(cString: mongoc_get_version()) }
}
