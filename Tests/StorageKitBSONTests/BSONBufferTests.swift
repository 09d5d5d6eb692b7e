import StorageKitBSON
import Testing

@Suite("Buffers of BSON")
struct BSONBufferTests {
    @Test("an empty document has five bytes")
    func empty() {
        #expect(BSONBuffer().bytes == [5, 0, 0, 0, 0])
        #expect(BSONBuffer(copying: [5, 0, 0, 0, 0])?.bytes == [5, 0, 0, 0, 0])
    }

    @Test(
        "bytes whose length is not theirs are none",
        arguments: [
            [], [5], [6, 0, 0, 0, 0], [5, 0, 0, 0, 1], [4, 0, 0, 0], [5, 0, 0, 0, 0, 0],
        ])
    func wrongLength(bytes: [UInt8]) { #expect(BSONBuffer(copying: bytes) == nil) }
}
