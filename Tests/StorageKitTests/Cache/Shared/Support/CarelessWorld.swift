/// A world with a reduction that is wrong.
struct CarelessWorld: ReducedWorld {
    enum Fault: CaseIterable, Sendable {
        /// Stores at once what was read, as if nobody could write in between.
        case hurries
        /// Leaves the record out of the fingerprint.
        case forgets
    }

    var world: SharedCacheWorld
    var fault: Fault

    var enabled: [Int] { world.enabled }

    var fingerprint: SharedCacheWorld.Fingerprint {
        var world = world
        if fault == .forgets { world.record = nil }
        return world.fingerprint
    }

    mutating func take(_ actor: Int) -> String? { world.take(actor) }

    mutating func settle() -> String? {
        if let what = world.settle() { return what }
        guard fault == .hurries else { return nil }
        while let reader = world.readers.firstIndex(where: { [.close, .publish].contains($0.step) })
        {
            if let what = world.step(reader) { return what }
        }
        return nil
    }
}
