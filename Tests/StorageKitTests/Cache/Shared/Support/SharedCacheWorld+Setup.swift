extension SharedCacheWorld {
    /// The real protocol, or one with a rule left out.
    enum Rules: CaseIterable {
        /// As built.
        case complete
        /// Read the primary and store what came: what most libraries do.
        case cacheAside
        /// The same, and the key is deleted before the write and after it.
        case doubleDelete
        /// One token for all loads of a process.
        case tokenPerProcess
        /// A refresh publishes if the entry looks as it did when the refresh began.
        case refreshByValue
        /// A barrier forgets that anybody else was there.
        case forgetContention
        /// An invalidation reaches the process's own local tier first.
        case localFirst
        /// Who joined a load is given what it found, stored or not.
        case trustEveryLoad
        /// Who joined a load is given what was stored, whichever tags were invalidated meanwhile.
        case trustTaggedLoads
        /// A generation is a number that counts up, and begins again when it was lost.
        case countGenerations
        /// An entry belongs to the epoch of its publication.
        case epochOfPublication
    }

    /// What a writer does around its commit.
    enum WriterKind: UInt8 {
        case plain
        case strict
        case strictWithEntry
        case versioned
        /// Clears everything after its commit.
        case clearing
        /// Invalidates the tag of all entries after its commit.
        case tagging
        /// Invalidates a tag that no entry has, and commits nothing.
        case taggingOthers
        /// Invalidates the key, and commits nothing.
        case invalidating
    }

    /// A writer of a process.
    struct Post: Hashable {
        var kind: WriterKind
        var process: Int

        static func plain(_ process: Int) -> Self { Self(kind: .plain, process: process) }
        static func versioned(_ process: Int) -> Self { Self(kind: .versioned, process: process) }
        static func clearing(_ process: Int) -> Self { Self(kind: .clearing, process: process) }
        static func tagging(_ process: Int) -> Self { Self(kind: .tagging, process: process) }
        static func taggingOthers(_ process: Int) -> Self {
            Self(kind: .taggingOthers, process: process)
        }
        static func invalidating(_ process: Int) -> Self {
            Self(kind: .invalidating, process: process)
        }
        static func strict(_ process: Int) -> Self {
            Self(kind: .strictWithEntry, process: process)
        }
    }

    /// Who is there, and what can happen to them.
    struct Setup: Hashable {
        var rules = Rules.complete
        /// The process of each reader; four at the most.
        var readers: [Int]
        /// Two at the most.
        var writers: [Post]
        var leasesOnRead = false
        /// Each process has a tier of its own before the shared one.
        var hasTiers = false
        /// Begins with an entry.
        var isWarm = false
        /// The key may vanish at any moment, and a barrier may end before its writer has ended it.
        var forgets = true
        /// Readers read a replica that may be one version behind.
        var replicaLags = false

        var hasVersions: Bool { writers.contains { $0.kind == .versioned } }

        /// Whether there is anybody to whom generations or tags matter.
        var isCleared: Bool {
            writers.contains { [.clearing, .tagging, .taggingOthers].contains($0.kind) }
        }

        /// Whether everybody writes under barriers that last: then what was read binds as well.
        var isStrict: Bool {
            !forgets && writers.allSatisfy { $0.kind == .strict || $0.kind == .strictWithEntry }
        }
    }
}
