import StorageKitTesting

@testable import GraphInMemory

extension SimulatedDisk {
    /// A moment at which everything ends: so many operations were done, and so many bytes of the
    /// next one, if it is a write.
    struct Moment: CustomStringConvertible {
        let operations: Int
        let bytes: Int

        var description: String { "operation \(operations), byte \(bytes)" }
    }

    /// Every moment there is, but for some in the making of a log.
    static func moments(of operations: [Operation]) -> [Moment] {
        var moments: [Moment] = []
        for (place, operation) in operations.enumerated() {
            if case .write(_, _, let bytes) = operation {
                // A new log is mostly zeros, and has no name yet.
                let step = bytes.count > 1_024 ? 31 : 1
                moments += stride(from: 0, to: bytes.count, by: step).map {
                    Moment(operations: place, bytes: $0)
                }
            } else {
                moments.append(Moment(operations: place, bytes: 0))
            }
        }
        return moments + [Moment(operations: operations.count, bytes: 0)]
    }

    /// How many commits had been acknowledged by then.
    static func acknowledged(_ operations: [Operation], at moment: Moment) -> Int {
        operations.prefix(moment.operations).reduce(0) { last, operation in
            if case .acknowledged(let count) = operation { max(last, count) } else { last }
        }
    }

    /// The disk as it is found after a crash.
    func crashed(_ operations: [Operation], at moment: Moment, _ survival: Survival)
        -> SimulatedDisk
    {
        var done = Array(operations.prefix(moment.operations))
        if moment.bytes > 0, case .write(let file, let offset, let bytes) = operations[done.count] {
            done.append(
                .write(file: file, offset: offset, bytes: Array(bytes.prefix(moment.bytes))))
        }
        var image = start
        switch survival {
        case .kept:
            for operation in done { image.perform(operation) }
            return SimulatedDisk(image, boot: bootIdentity)
        case .lost: image = Self.survivors(of: done, from: image, nil)
        case .partial(let seed):
            image = Self.survivors(of: done, from: image, SeededGenerator(seed: seed))
        }
        return SimulatedDisk(image, boot: bootIdentity + 1)
    }

    /// What a power cut leaves: what was synced, and of the rest what chance wills.
    private static func survivors(
        of operations: [Operation], from start: Image, _ random: SeededGenerator?
    ) -> Image {
        var image = start
        var random = random
        var pending: [Int: [Operation]] = [:]
        var pendingNames: [Operation] = []
        for operation in operations {
            switch operation {
            case .create(let file, _):
                image.contents[file] = []
                pendingNames.append(operation)
            case .write(let file, _, _), .truncate(let file, _):
                pending[file, default: []].append(operation)
            case .rename, .remove: pendingNames.append(operation)
            case .sync(let file):
                for operation in pending.removeValue(forKey: file) ?? [] {
                    image.perform(operation)
                }
            case .syncFolder:
                pendingNames.forEach { image.performOnNames($0) }
                pendingNames = []
            case .acknowledged: break
            }
        }
        guard random != nil else { return image }
        for file in pending.keys.sorted() {
            for operation in pending[file] ?? [] { image.performPartly(operation, &random!) }
        }
        // A file system that keeps a journal keeps the order of names.
        for operation in pendingNames.prefix(
            Int.random(in: 0...pendingNames.count, using: &random!))
        {
            image.performOnNames(operation)
        }
        return image
    }
}

extension SimulatedDisk.Image {
    fileprivate mutating func performOnNames(_ operation: SimulatedDisk.Operation) {
        if case .create(let file, let path) = operation {
            names[path] = file
        } else {
            perform(operation)
        }
    }

    /// Pieces of a write that reach the disk, or do not.
    fileprivate mutating func performPartly(
        _ operation: SimulatedDisk.Operation, _ random: inout SeededGenerator
    ) {
        guard case .write(let file, let offset, let bytes) = operation else {
            if Bool.random(using: &random) { perform(operation) }
            return
        }
        var place = 0
        while place < bytes.count {
            let count = min(Int.random(in: 1...40, using: &random), bytes.count - place)
            if Bool.random(using: &random) {
                write(bytes[place..<(place + count)], at: offset + place, of: file)
            }
            place += count
        }
    }
}
