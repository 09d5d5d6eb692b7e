internal import StorageKit
internal import Synchronization

/// How connections come to be.
extension PostgresPool {
    /// Opens one, on a thread made for that.
    func open() {
        do throws(StorageError) {
            try PlatformThread.start { self.opened(self.connect()) }
        } catch {
            opened(.failure(error))
        }
    }

    private func connect() -> Result<PostgresHandle, StorageError> {
        do throws(StorageError) {
            return .success(
                try PostgresHandle.connect(settings.options, within: settings.connectTimeout))
        } catch {
            return .failure(error)
        }
    }

    private func opened(_ result: Result<PostgresHandle, StorageError>) {
        do throws(StorageError) {
            let number = state.withLock { state in
                state.lastLink += 1
                return state.lastLink
            }
            let link = PostgresLink(
                try result.get(), number: number, settings.link, on: loop, owner: self)
            try link.start()
            change { state in
                state.backOff.succeed()
                state.links[number] = link
                state.pool.opened(number, now: .now)
            }
            link.confirm()
        } catch {
            failed(error)
        }
    }

    private func failed(_ error: StorageError) {
        var refusals: [PoolState<Waiter>.Action] = []
        change { state in
            let pause = state.backOff.fail(using: &state.generator)
            state.pool.openFailed(error, retryAt: .now + pause, into: &refusals)
        }
        carryOut(Work(actions: refusals))
    }
}
