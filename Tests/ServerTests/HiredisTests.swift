import CHiredis
import Foundation
import TestSupport
import Testing

@Suite("The C library of Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct HiredisTests {
    @Test("stores bytes on a real server and reads them back")
    func roundTrip() throws {
        let connection = try HiredisConnection(url: TestServer.redis.url())
        let key = Array("storagekit-test-\(UUID())".utf8)
        let value: [UInt8] = [0, 13, 10, 255, 0]
        let set = try connection.run(Array("SET".utf8), key, value)
        defer { _ = try? connection.run(Array("DEL".utf8), key) }
        #expect(set == Array("OK".utf8))
        #expect(try connection.run(Array("GET".utf8), key) == value)
    }
}

/// One connection.
///
/// hiredis's variadic functions are not imported into Swift; the ones that take the arguments as an
/// array are, and need no escaping either.
private final class HiredisConnection {
    private let context: UnsafeMutablePointer<redisContext>

    init(url: String) throws {
        let address = try #require(URLComponents(string: url))
        let host = try #require(address.host)
        context = try #require(
            redisConnectWithTimeout(
                host, Int32(address.port ?? 6379), timeval(tv_sec: 10, tv_usec: 0)))
        try #require(context.pointee.err == 0, "\(message)")
        redisSetTimeout(context, timeval(tv_sec: 10, tv_usec: 0))
        try authenticate(user: address.user, password: address.password)
    }

    deinit {
        redisFree(context)
    }

    private var message: String {
        withUnsafeBytes(of: context.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private func authenticate(user: String?, password: String?) throws {
        guard let password, !password.isEmpty else { return }
        // Without a user it is the default user's password.
        let name = user.flatMap { $0.isEmpty ? nil : [Array($0.utf8)] } ?? []
        _ = try run([Array("AUTH".utf8)] + name + [Array(password.utf8)])
    }

    func run(_ arguments: [UInt8]...) throws -> [UInt8] {
        try run(arguments)
    }

    /// Sends one command and returns the bytes of a reply that is a string or a status.
    private func run(_ arguments: [[UInt8]]) throws -> [UInt8] {
        let copies = arguments.map { argument in
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: argument.count)
            _ = copy.initialize(from: argument.lazy.map(CChar.init(bitPattern:)))
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        var starts = copies.map { UnsafePointer($0.baseAddress) }
        let lengths = arguments.map(\.count)
        let answer = redisCommandArgv(context, Int32(copies.count), &starts, lengths)
        let reply = try #require(
            answer?.assumingMemoryBound(to: redisReply.self), "\(message)")
        defer { freeReplyObject(reply) }
        let text = UnsafeRawBufferPointer(start: reply.pointee.str, count: Int(reply.pointee.len))
        try #require(
            reply.pointee.type != REDIS_REPLY_ERROR, "\(String(decoding: text, as: UTF8.self))")
        return Array(text)
    }
}
