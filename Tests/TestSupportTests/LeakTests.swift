import Foundation
import TestSupport
import Testing

#if os(Linux)
@Suite("The test support leaves nothing behind")
struct LeakTests {
    @Test("the meter sees memory that is used, and not memory that is only asked for")
    func memory() async {
        await #expect(processExitsWith: .success) {
            let size = 256 << 20
            let before = try MemoryMeter.residentBytes()
            let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 1 << 12)
            defer { memory.deallocate() }
            #expect(try MemoryMeter.residentBytes() - before < size / 2)
            memset(memory, 1, size)
            #expect(try MemoryMeter.residentBytes() - before > size / 2)
        }
    }

    @Test("the count sees descriptors that are opened and closed")
    func descriptors() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "file")
        let path = folder.file("file")
        #expect(try DescriptorCount.current(of: path) == 0)
        let opened = (0..<10).map { _ in open(path, O_RDONLY) }
        #expect(try DescriptorCount.current(of: path) == 10)
        #expect(try DescriptorCount.current() > 10)
        for descriptor in opened { close(descriptor) }
        #expect(try DescriptorCount.current(of: path) == 0)
    }

    @Test(
        "proxies and servers close what they open",
        .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
    func proxies() async {
        await #expect(processExitsWith: .success) {
            func round() async throws {
                let server = try await RedisServerProcess.start()
                let proxy = try TCPProxy(to: server.port)
                for _ in 0..<20 {
                    let socket = try PlainSocket(port: proxy.port)
                    try socket.write(RedisConversation.encode(["PING"]))
                    _ = try socket.read(7)
                }
                let kept = try PlainSocket(port: proxy.port)
                proxy.cut(.closing)
                _ = try kept.readToEnd()
            }
            try await round()
            let before = try ["socket:", "pipe:"].map(DescriptorCount.current)
            for _ in 0..<5 { try await round() }
            let after = try ["socket:", "pipe:"].map(DescriptorCount.current)
            #expect(after == before)
        }
    }
}
#endif
