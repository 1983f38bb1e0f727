import Compute
import Glibc
import Lang

/// The session for scripts: seed, arguments, random numbers.
enum SessionNatives {
    static func signatures(_ session: Session) -> [Signature] { run(session) + random(session) }

    private static func run(_ session: Session) -> [Signature] {
        [
            .host(
                "seed", group: "Core", "Sets the seed that everything random derives from.",
                [Parameter("n", .integer(0...Int.max))], example: "seed(7)"
            ) { call in
                session.setSeed(UInt64(try call.integer("n")))
                return .nothing
            },
            .host(
                "args", group: "Core", "The words after the script's name.", [], returns: .list(of: .string),
                example: "args()"
            ) { _ in
                .strings(session.options.arguments)
            },
            .host(
                "time", group: "Core", "Calls a function and returns {value, seconds, cpu}.",
                text: "`cpu` are the seconds that all threads computed, as R's system.time counts them.",
                [Parameter("function", .function)],
                returns: .record, example: "time(() => 1 + 1).value == 2"
            ) { call in
                let (start, computed) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
                let value = try call.invoke(try call.value("function"), [])
                return .record([
                    "value": value, "seconds": .number(seconds(CLOCK_MONOTONIC) - start),
                    "cpu": .number(seconds(CLOCK_PROCESS_CPUTIME_ID) - computed),
                ])
            },
        ]
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// As many numbers as the call asks for; a hundred million take seconds, so that an interruption is heeded in between.
    private static func draws(_ call: NativeCall, _ draw: () -> Double) throws -> [Double] {
        try (0..<(try call.integer("count"))).map { index in
            if index % 65_536 == 0 { try call.checkInterruption() }
            return draw()
        }
    }

    private static func random(_ session: Session) -> [Signature] {
        let count = Parameter("count", .integer(0...100_000_000))
        return [
            .host(
                "random", group: "Numbers", "Numbers drawn evenly from 0 to 1.", [count], example: "len(random(3)) == 3"
            ) {
                call in
                var generator = session.generator("random")
                return .numbers(try draws(call) { generator.uniform() })
            },
            .host(
                "normal", group: "Numbers", "Numbers drawn from a normal distribution.",
                [
                    count, Parameter("mean", .number(), default: .number(0)),
                    Parameter("sd", .number(0...1e300), default: .number(1)),
                ],
                example: "len(normal(3)) == 3"
            ) { call in
                let (mean, deviation) = (try call.number("mean"), try call.number("sd"))
                var generator = session.generator("normal")
                return .numbers(try draws(call) { mean + deviation * generator.normal() })
            },
            .host(
                "shuffle", group: "Numbers", "The elements of a list in random order.", [Parameter("list", .list())],
                returns: .list(), example: "sort(shuffle([1, 2, 3])) == [1, 2, 3]"
            ) { call in
                let values = try call.values("list")
                var generator = session.generator("shuffle")
                let order = try generator.permutation(values.count, check: call.checkInterruption)
                return .list(order.map { values[$0] })
            },
            .host(
                "sample", group: "Numbers", "Some elements of a list, drawn without replacement.",
                [Parameter("list", .list()), Parameter("count", .integer(0...Int.max))],
                returns: .list(), example: "len(sample(1..10, 3)) == 3"
            ) { call in
                let (values, count) = (try call.values("list"), try call.integer("count"))
                guard count <= values.count else {
                    throw NativeError("cannot draw \(count) of \(values.count) elements", parameter: "count")
                }
                var generator = session.generator("sample")
                let order = try generator.permutation(values.count, check: call.checkInterruption)
                return .list(order.prefix(count).map { values[$0] })
            },
        ]
    }
}

extension Session {
    /// Each call draws from a stream of its own, numbered in order.
    func generator(_ purpose: String) -> Philox {
        drawings += 1
        return Philox(seed: seed, purpose: purpose, index: drawings)
    }

    /// Sets the seed; the streams begin anew.
    func setSeed(_ seed: UInt64) {
        self.seed = seed
        drawings = 0
    }
}
