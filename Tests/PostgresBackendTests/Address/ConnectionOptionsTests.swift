import Foundation
import StorageKit
import Testing

@testable import PostgresBackend

@Suite("What a connection to PostgreSQL is opened with")
struct ConnectionOptionsTests {
    @Test(
        "a host that is silent is left out, with its address and its port",
        arguments: [
            ("host=a,b port=1,2", "a", "1", "host=b port=2"),
            ("host=a,b port=1,2", "b", "2", "host=a port=1"),
            ("host=a,a port=1,2", "a", "2", "host=a port=1"),
            ("host=a,b,c port=7", "b", "7", "host=a,c port=7"),
            ("host=a,b,c", "c", "5432", "host=a,b"),
            ("host=a,b port=,2", "a", "5432", "host=b port=2"),
            (
                "host=a,b hostaddr=10.0.0.1,10.0.0.2 port=1,2", "a", "1",
                "host=b hostaddr=10.0.0.2 port=2"
            ),
            ("hostaddr=10.0.0.1,10.0.0.2", "10.0.0.2", "5432", "hostaddr=10.0.0.1"),
        ])
    func silentHost(address: String, host: String, port: String, rest: String) throws {
        let others = try ConnectionOptions(parsing: address).without(host: host, port: port)
        let expected = try ConnectionOptions(parsing: rest)
        for keyword in ["host", "hostaddr", "port"] {
            #expect(others?[keyword] == expected[keyword], "\(keyword)")
        }
    }

    @Test(
        "without another one there is nothing to leave out",
        arguments: ["host=a port=1", "dbname=shop", "host=b,c port=1,2", "host=a,a port=2,3"])
    func noOther(address: String) throws {
        #expect(try ConnectionOptions(parsing: address).without(host: "a", port: "1") == nil)
    }

    @Test("settings of the session are added to those of the environment, or of the address")
    func settings() async {
        await #expect(processExitsWith: .success) {
            setenv("PGOPTIONS", "-c search_path=shop", 1)
            var configuration = PostgresConfiguration()
            configuration.statementTimeout = .seconds(1)
            configuration.readRoute = .standby
            let address = try PostgresAddress("host=a")
            #expect(
                configuration.options(for: address)["options"]
                    == "-c search_path=shop -c statement_timeout=1000")
            let (other, own) = try #require(configuration.reading(at: address))
            #expect(
                own.options(for: other)["options"]
                    == "-c search_path=shop -c default_transaction_read_only=on "
                    + "-c statement_timeout=1000")
            let named = try PostgresAddress("host=a options='-c search_path=other'")
            #expect(
                configuration.options(for: named)["options"]
                    == "-c search_path=other -c statement_timeout=1000")
        }
    }

    @Test("what only reads goes by its own route, and its sessions refuse to write")
    func reading() throws {
        let address = try PostgresAddress("postgresql://a,b/shop?target_session_attrs=read-write")
        var configuration = PostgresConfiguration()
        #expect(configuration.reading(at: address)?.0 == nil)
        for (route, attributes) in [
            (PostgresConfiguration.ReadRoute.preferStandby, "prefer-standby"),
            (.standby, "standby"),
        ] {
            configuration.readRoute = route
            configuration.statementTimeout = .seconds(1)
            let (other, own) = try #require(configuration.reading(at: address))
            let options = own.options(for: other)
            #expect(options["target_session_attrs"] == attributes)
            #expect(options["options"]?.contains("default_transaction_read_only=on") == true)
            #expect(options["options"]?.contains("statement_timeout=1000") == true)
            #expect(own.readRoute == .primary && own.connectionLifetime == .seconds(60))
            #expect(options["host"] == "a,b")
        }
        configuration.connectionLifetime = .seconds(5)
        #expect(configuration.reading(at: address)?.1.connectionLifetime == .seconds(5))
    }
}
