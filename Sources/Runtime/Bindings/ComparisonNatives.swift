import Compute
import Lang

/// Whether two classifiers, two correlations or two proportions differ.
enum ComparisonNatives {
    private static let group = "Statistics"

    static func signatures(_ session: Session) -> [Signature] {
        [correlations, publishedCorrelations, binomial, mcnemar, permutation(session), adjust]
    }

    // MARK: Correlations

    private static var method: Parameter {
        Parameter(
            "method", .choice(CompareCorrelations.Method.allCases.map(\.rawValue)),
            default: .string(CompareCorrelations.Method.silver2004.rawValue))
    }

    private static func method(_ call: NativeCall) throws -> CompareCorrelations.Method {
        CompareCorrelations.Method(rawValue: try call.string("method")) ?? .silver2004
    }

    private static var correlations: Signature {
        .host(
            "cor_compare", group: group, "Whether the correlation of x and y differs from that of u and v.",
            text:
                "The four are of the same cases unless `independent` is true. Where x and u are the same, the correlations\n"
                + "overlap. Dunn & Clark's z (1969), by default as modified by Silver, Hittner & May (2004); Fisher's z for\n"
                + "independent groups. The interval is Zou's (2007).",
            ["x", "y", "u", "v"].map { .sample($0) } + [
                Parameter("independent", .bool, default: .bool(false), "x and y are of other cases than u and v"),
                method, .alternative(), .level(),
            ], example: "cor_compare([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], [1, 2, 3, 4, 5], [5, 1, 2, 4, 3])"
        ) { call in
            let samples = try ["x", "y", "u", "v"].map { try call.sample($0) }
            return .foreign(
                TestValue(
                    try CompareCorrelations.samples(
                        samples, areIndependent: try call.bool("independent"), method: method(call),
                        alternative: call.alternative(), level: call.number("level"))))
        }
    }

    private static var publishedCorrelations: Signature {
        let r = ParameterKind.number(-1...1)
        return .host(
            "cor_compare_r", group: group, "As cor_compare, from correlations that are known.",
            text:
                "Of independent groups give `n` and `n2`. Of the same cases give `between`: r(x, u), r(x, v), r(y, u) and\n"
                + "r(y, v), where r(x, u) is 1 for a variable in common.",
            [
                Parameter("r1", r, "of x and y"), Parameter("r2", r, "of u and v"),
                Parameter("n", .integer(4...Int.max), "cases"),
                optional("n2", .integer(4...Int.max), "cases of the second correlation"),
                optional("between", .list(of: r), "the four other correlations"), method, .alternative(), .level(),
            ], exactlyOne: ["n2", "between"],
            example: "cor_compare_r(0.9, 0.7, n: 16, between: [0.8, 0.6, 0.7, 0.5])"
        ) { call in
            let comparison = CompareCorrelations(
                try call.number("r1"), try call.number("r2"), alternative: try call.alternative(),
                level: try call.number("level"))
            let count = try call.integer("n")
            if let second = try call.optionalInteger("n2") {
                return .foreign(TestValue(try comparison.independent(count, second)))
            }
            guard let r = try call.optionalNumbers("between"), r.count == 4 else {
                throw NativeError(
                    "'between' takes four correlations: r(x, u), r(x, v), r(y, u), r(y, v)", parameter: "between")
            }
            let between = CompareCorrelations.Between(xu: r[0], xv: r[1], yu: r[2], yv: r[3])
            return .foreign(TestValue(try comparison.dependent(between, count: count, method: try method(call))))
        }
    }

    // MARK: Counts and answers

    private static var binomial: Signature {
        .host(
            "binomial_test", group: group, "Whether so many right answers may come from a proportion.",
            text: "Exact; two-sided p as in R and scipy; the interval is Clopper & Pearson's (1934).",
            [
                Parameter("right", .integer(0...Int.max)), Parameter("of", .integer(1...Int.max), "examples"),
                Parameter("p", .number(0...1), default: .number(0.5)), .alternative(), .level(),
            ], example: "binomial_test(179, of: 192)"
        ) { call in
            .foreign(
                TestValue(
                    try BinomialTest.proportion(
                        right: call.integer("right"), of: call.integer("of"), p: call.number("p"),
                        alternative: call.alternative(), level: call.number("level"))))
        }
    }

    private static var mcnemar: Signature {
        .host(
            "mcnemar", group: group, "Whether one classifier is right more often than another on the same examples.",
            text:
                "x and y say of every example whether it is right. Exact; the interval of the difference in accuracy is\n"
                + "Newcombe's (1998, method 10). Source: McNemar 1947, Dietterich 1998.",
            [.scores("x"), .scores("y"), .alternative(), .level()],
            example: "mcnemar([true, true, false, true], [true, false, false, false])"
        ) { call in
            .foreign(
                TestValue(
                    try BinomialTest.mcnemar(
                        call.scores("x"), call.scores("y"), alternative: call.alternative(),
                        level: call.number("level"))))
        }
    }

    private static func permutation(_ session: Session) -> Signature {
        .host(
            "permutation_test", group: group, "Whether two classifiers differ, by exchanging their answers at random.",
            text:
                "x and y hold a score for the same examples: true or false, a number, or, for examples with many labels, a\n"
                + "list of truth values, of which the share counts. With `classes` the measure is the mean over classes.\n"
                + "p is exact where it can be, otherwise from random choices. How results vary from run to run is not in it.",
            [
                .scores("x"), .scores("y"),
                optional("classes", .list(), "of the examples"),
                .resamples(), .alternative(), .seed(),
            ], example: "permutation_test([0.9, 0.8, 0.7, 0.9], [0.7, 0.9, 0.6, 0.5])"
        ) { call in
            let classes =
                try call.value("classes").isNothing ? nil : ClassNames(call, "classes").indices[0].map(Int.init)
            let test = try PermutationTest(call.scores("x"), call.scores("y"), classes: classes)
            return .foreign(
                TestValue(
                    try test.run(
                        resamples: call.integer("resamples"), seed: call.seed(session),
                        alternative: call.alternative(), monitor: session.progress)))
        }
    }

    // MARK: Many tests

    private static var adjust: Signature {
        .host(
            "p_adjust", group: group, "p values of many tests, adjusted for their number.",
            text:
                "\"holm\" (1979) and \"bonferroni\" bound the chance of any false rejection, \"bh\" (Benjamini & Hochberg\n"
                + "1995) and \"by\" (Benjamini & Yekutieli 2001) the expected share of false ones. A missing p stays missing.",
            [
                .sample("p"),
                Parameter("method", .choice(MultipleTesting.allCases.map(\.rawValue)), default: .string("holm")),
            ], returns: .list(), example: "p_adjust([0.01, 0.04, 0.03], method: \"bh\")"
        ) { call in
            let method = MultipleTesting(rawValue: try call.string("method")) ?? .holm
            let given = try call.sample("p")
            return Bridge.list(.numbers(try Detached.run(check: call.checkInterruption) { try method.adjust(given) }))
        }
    }
}
