import StorageKit
import Testing

@Suite("A call's number and its cancellation")
struct CancellationTokenTests {
    @Test("whichever comes second sees the other, and nobody sees anything twice")
    func order() {
        let first = CancellationToken()
        let wasCancelled = first.begin(7)
        let (number, again) = (first.cancel(), first.cancel())
        #expect(!wasCancelled && number == 7 && again == nil)
        let second = CancellationToken()
        let early = second.cancel()
        let isCancelled = second.begin(7)
        #expect(early == nil && isCancelled)
    }
}
