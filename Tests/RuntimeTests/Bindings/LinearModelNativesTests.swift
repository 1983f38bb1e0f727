import Foundation
import Lang
import TestSupport
import Testing

@testable import Runtime

/// lm, predict and anova in scripts against statsmodels and scipy, and what they say of wrong arguments.
@Suite struct LinearModelNativesTests {
    /// Statsmodels solves by a pseudo-inverse; far from zero its slope keeps ten digits.
    private func same(_ found: Double, _ expected: Double?, _ what: String, relative: Double = 1e-10) {
        guard let expected else { return #expect(!found.isFinite, "\(what): \(found) for none") }
        #expect(isClose(found, expected, relative: relative, absolute: 1e-12), "\(what): \(found) for \(expected)")
    }

    private func same(_ found: [Double], _ expected: [Double?], _ what: String, relative: Double = 1e-10) {
        #expect(found.count == expected.count, "\(what)")
        for (found, expected) in zip(found, expected) { same(found, expected, what, relative: relative) }
    }

    @Test func modelsEqualStatsmodels() throws {
        for row in try LinearModelReference.read().cases {
            let fit = "lm(\(row.formula), data: \(row.table.script), level: \(row.level))"
            let relative = row.name == "far from zero" ? 1e-8 : 1e-10
            let value = try #require(try value(of: fit)?.asForeign(LinearModelValue.self))
            let model = value.model
            func check(_ found: [Double], _ expected: [Double?], _ what: String) {
                same(found, expected, "\(row.name), \(what)", relative: relative)
            }
            check(model.coefficients.map(\.estimate), row.estimate, "estimate")
            check(model.coefficients.map(\.standardError), row.se, "se")
            check(model.coefficients.map(\.t), row.t, "t")
            check(model.coefficients.map(\.pValue), row.p, "p")
            let table = try #require(try value.field("coefficients")?.asForeign(TableValue.self)?.table)
            check(table.numbers("low"), row.low, "low")
            check(table.numbers("high"), row.high, "high")
            check([model.rSquared, model.adjustedRSquared], [row.r2, row.adjusted_r2], "R²")
            check([model.sigma, model.residualDegreesOfFreedom], [row.sigma, row.df], "sigma")
            check([model.f, model.fPValue], [row.f, row.f_p], "F")
            check(model.residuals, row.residuals, "residuals")
            check(model.fitted, row.fitted, "fitted")
            #expect(model.residuals.count == row.n && value.data.dropped == row.dropped)
        }
    }

    @Test func predictionsEqualStatsmodels() throws {
        for row in try LinearModelReference.read().cases {
            let relative = row.name == "far from zero" ? 1e-8 : 1e-10
            for (interval, bands) in [("none", nil), ("confidence", row.confidence), ("prediction", row.prediction)] {
                let table = try #require(
                    try value(
                        of: """
                            predict(lm(\(row.formula), data: \(row.table.script)), \(row.new.script),
                                interval: "\(interval)", level: \(row.level))
                            """)?.asForeign(TableValue.self)?.table)
                same(table.numbers("fit"), row.fit, row.name, relative: relative)
                #expect(table.names == (bands == nil ? ["fit"] : ["fit", "low", "high"]))
                guard let bands else { continue }
                same(table.numbers("low"), bands[0], "\(row.name), low", relative: relative)
                same(table.numbers("high"), bands[1], "\(row.name), high", relative: relative)
            }
        }
    }

    @Test func analysesOfVarianceEqualStatsmodels() throws {
        for row in try LinearModelReference.read().cases {
            guard let expected = row.anova else { continue }
            let relative = row.name == "far from zero" ? 1e-8 : 1e-10
            let text = "anova(lm(\(row.formula), data: \(row.table.script)))"
            let value = try #require(try value(of: text)?.asForeign(AnovaValue.self))
            let terms = value.analysis.terms
            same(terms.map(\.degreesOfFreedom), expected.df, row.name)
            same(terms.map(\.squares), expected.squares, row.name, relative: relative)
            same(terms.map(\.f), expected.f, row.name, relative: relative)
            same(terms.map(\.pValue), expected.p, row.name, relative: relative)
            same(value.analysis.residual.squares, expected.residual, row.name)
        }
    }

    @Test func oneWayAnalysesEqualScipy() throws {
        for row in try LinearModelReference.read().one_way {
            let groups = row.groups.map { "\($0)" }.joined(separator: ", ")
            let direct = try #require(try value(of: "anova(\(groups))")?.asForeign(AnovaValue.self))
            let labels = row.groups.indices.flatMap { index in row.groups[index].map { _ in "\"g\(index)\"" } }
            let long = "table(y: \(row.groups.flatMap { $0 }), g: [\(labels.joined(separator: ", "))])"
            let formula = try #require(try value(of: "anova(y ~ g, data: \(long))")?.asForeign(AnovaValue.self))
            for value in [direct, formula] {
                same(value.analysis.terms[0].f, row.f, "F")
                same(value.analysis.terms[0].pValue, row.p, "p")
            }
        }
    }

    // MARK: What a script sees

    private static let table = """
        let t = table(x: [1, 2, 3, 4, 5, none], y: [1, 3, 2, 5, 4, 9], net: ["b", "a", "b", "a", "b", "a"])

        """

    @Test(arguments: [
        ("type(lm(y ~ x, data: t))", "linear model"),
        ("lm(y ~ x, data: t).formula", "y ~ x"),
        ("[lm(y ~ x, data: t).n, lm(y ~ x, data: t).dropped]", "[5, 1]"),
        ("lm(y ~ x + net, data: t).coefficients.term", "[\"(intercept)\", \"x\", \"net[b]\"]"),
        ("lm(y ~ 0 + net, data: t).coefficients.term", "[\"net[a]\", \"net[b]\"]"),
        ("lm(y ~ net - 1, data: t).coefficients.term", "[\"net[a]\", \"net[b]\"]"),
        ("lm(y ~ x, data: t, intercept: false).coefficients.term", "[\"x\"]"),
        ("lm(y ~ poly(x, 3), data: t).coefficients.term", "[\"(intercept)\", \"x\", \"x^2\", \"x^3\"]"),
        ("lm(y ~ poly(x + 1, 2), data: t).coefficients.term", "[\"(intercept)\", \"(x + 1)\", \"(x + 1)^2\"]"),
        ("lm(y ~ poly(log(x) + x, 2), data: t).coefficients.term[2]", "(log(x) + x)^2"),
        ("lm(y ~ poly(log(x), 2), data: t).coefficients.term[2]", "log(x)^2"),
        ("lm(y ~ x - 1 + net, data: t).coefficients.term", "[\"x\", \"net[a]\", \"net[b]\"]"),
        ("lm(y - 1 ~ x, data: t).n", "5"),
        ("lm(y ~\n  log(\nx), data: t).coefficients.term[1]", "log( x)"),
        ("predict(lm(y ~ x, data: t), table(x: [none])).fit", "[none]"),
        ("anova(y ~ net + x, data: t).table.term", "[\"net\", \"x\", \"residual\"]"),
        ("anova([1, 2, none], [2, 3]).df", "[1, 2]"),
        ("autocorrelation([1, 2, 3, 4, 5])", "0.4"),
        ("autocorrelation([1, 2], lag: 2)", "nan"),
    ]) func results(text: String, expected: String) throws {
        let output = try run(Self.table + text)
        #expect(output.contains(expected), "\(text): \(output)")
    }

    @Test(arguments: [
        ("lm(y ~ x + 2 * x, data: t)", "predictor '2 * x' is constant or a combination of the ones before it"),
        ("lm(y ~ x + w, data: t)", "unknown column 'w'"),
        ("lm(net ~ x, data: t)", "the response 'net' is no column of numbers"),
        ("lm(y + x ~ net, data: t)", "one response, got 2"),
        ("lm(y ~ x + 3, data: t)", "a term is a column: 3 is none"),
        ("lm(y ~ sum(x), data: t)", "not a column of values"),
        ("lm(y ~ log(x - 1), data: t)", "missing or infinite"),
        ("lm(y ~ poly(x, 7), data: t)", "only 5 of 6 rows miss no value, for 8 coefficients"),
        ("lm(y ~ net, data: t[:1])", "'net' has one level only"),
        (
            "lm(y ~ id, data: table(y: [i % 7 for i in 0..<9000], id: [\"n\" ++ str(i) for i in 0..<9000]))",
            "a design of 9,000 rows and 9,000 columns is too large"
        ),
        ("lm(y ~ y, data: t[:1])", "2 coefficients got 1 row"),
        ("lm(y ~ net, data: t |> filter(r => r.net == \"a\"))", "'net' has one level only, 'a'"),
        ("lm(y ~ x, data: t, level: 1)", "a confidence level lies between 0 and 1"),
        (
            "predict(lm(y ~ net, data: t), table(net: [\"c\"]))",
            "'net' had no 'c' when the model was fitted: it had a, b"
        ),
        ("predict(lm(y ~ x, data: t), table(x: [\"c\"]))", "another kind than when the model was fitted"),
        ("predict(lm(y ~ x, data: t), table(z: [1]))", "unknown column 'x'"),
        ("anova([1, 2])", "two or more groups"),
        ("anova([1, 2], [none])", "group 1 of the analysis of variance has no values"),
        ("lm(y ~ 0, data: t)", "0 coefficients"),
    ]) func errors(text: String, expected: String) throws {
        let output = try run(Self.table + text)
        #expect(output.contains(expected), "\(text): \(output)")
    }

    @Test func theDisplaySaysWhatMustBeKnown() throws {
        let shown = try run(Self.table + "lm(y ~ x + net, data: t)")
        for part in ["linear model y ~ x + net", "estimate", "R²", "net 'a'", "1 row left out", "2 and 2 degrees"] {
            #expect(shown.contains(part), "\(part) in \(shown)")
        }
        #expect(try run("lm(y ~ x, data: table(x: [1, 2, 3], y: [2, 4, 6]))").contains("perfect to rounding"))
        #expect(try run("lm(y ~ x, data: table(x: [1, 2], y: [2, 4]))").contains("as many coefficients as rows"))
    }

    // MARK: Running

    private func value(of text: String) throws -> Value? {
        try Program.interpreter(Session(options: Session.Options())) { _ in }
            .run(SourceFile(name: "test.tx", text: text))
    }

    private func run(_ script: String) throws -> String {
        var text = ""
        let interpreter = Program.interpreter(Session(options: Session.Options())) { text += $0 }
        do {
            try interpreter.run(SourceFile(name: "test.tx", text: script))
        } catch let failure as Failure {
            text += DiagnosticRenderer().render(failure.diagnostics)
        }
        return text
    }
}

extension Table {
    fileprivate func numbers(_ name: String) -> [Double] {
        if case .numbers(let values)? = self[name] { values } else { [] }
    }
}

/// Tests/Reference/statistics/linear_models.json.
private struct LinearModelReference: Decodable {
    /// An entry of a table as a script writes it.
    enum Entry: Decodable {
        case number(Double), string(String), bool(Bool)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .string(text)
            } else if let truth = try? value.decode(Bool.self) {
                self = .bool(truth)
            } else {
                self = .number(try value.decode(Double.self))
            }
        }

        var script: String {
            switch self {
            case .number(let number): "\(number)"
            case .string(let text): "\"\(text)\""
            case .bool(let truth): "\(truth)"
            }
        }
    }

    struct Columns: Decodable {
        let columns: [String: [Entry?]]

        init(from decoder: any Decoder) throws {
            columns = try decoder.singleValueContainer().decode([String: [Entry?]].self)
        }

        var script: String {
            let parts = columns.sorted { $0.key < $1.key }.map { name, entries in
                "\(name): [" + entries.map { $0?.script ?? "none" }.joined(separator: ", ") + "]"
            }
            return "table(" + parts.joined(separator: ", ") + ")"
        }
    }

    struct Case: Decodable {
        struct Anova: Decodable {
            let df, squares, f, p: [Double?]
            let residual: Double
        }

        let name, formula: String
        let table, new: Columns
        let level: Double
        let n, dropped: Int
        let estimate, se, t, p, low, high, residuals, fitted, fit: [Double?]
        let r2, adjusted_r2, sigma, df, f, f_p: Double?
        let confidence, prediction: [[Double?]]
        let anova: Anova?
    }

    struct OneWay: Decodable {
        let groups: [[Double]]
        let f, p: Double
    }

    let cases: [Case]
    let one_way: [OneWay]

    static func read() throws -> LinearModelReference {
        try ReferenceFile.read("statistics/linear_models.json")
    }
}
