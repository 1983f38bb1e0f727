import Compute
import Lang

/// Linear models and analyses of variance for scripts, from formulas over tables.
enum LinearModelNatives {
    private static let group = "Statistics"
    /// Operations that take less than a tenth of a second.
    private static let instantly = 500_000

    private static var model: ParameterKind { .foreign(typeName: LinearModelValue.name) }
    private static var formula: Parameter { Parameter("formula", .formula, "response ~ terms") }
    private static var data: Parameter { Parameter("data", .foreign(typeName: "table"), "where the columns are") }
    private static let example = """
        let t = table(top1: [56%, 70%, 74%, 77%, 79%], transfer: [81%, 86%, 90%, 91%, 94%])
        """

    static var signatures: [Signature] { [lm, poly, predict, autocorrelation] + anova }

    // MARK: Linear models

    private static var lm: Signature {
        .host(
            "lm", group: group, "A linear model, by least squares.",
            text:
                "A term is any expression over columns. Numbers are one column; strings and truth values are coded\n"
                + "by a column of 0 and 1 for each level but the first in order, which the others are compared with;\n"
                + "`poly(x, k)` is the powers 1 to k. `+ 0`, `- 1` or intercept: false leave the intercept out; the\n"
                + "first column of strings then has all its levels. Rows with a missing value are left out, with a note.\n"
                + "A column that is a combination of those before it is an error. Fields: coefficients (a table), r2,\n"
                + "adjusted_r2, sigma, df, f, p, residuals, fitted, n, dropped, formula.\n"
                + "Source: Weisberg 2014, \"Applied linear regression\", chapters 2 to 5; Householder's QR in\n"
                + "double-double arithmetic.",
            [
                formula, data,
                Parameter("intercept", .bool, default: .bool(true)), .level(),
            ], returns: model, example: "\(example)\nlm(logit(transfer) ~ logit(top1), data: t)"
        ) { call in
            let level = try call.number("level")
            let (data, model) = try fit(try call.formula("formula"), intercept: try call.bool("intercept"), call)
            // Says what is wrong with the level before anything is shown.
            if let first = model.coefficients.first { _ = try model.interval(of: first, level: level) }
            return .foreign(
                LinearModelValue(
                    model, data, formula: FormulaDesign.oneLine(try call.formula("formula").text), level: level))
        }
    }

    private static func fit(
        _ formula: Formula, intercept: Bool, _ call: NativeCall
    ) throws -> (FormulaDesign.Data, LinearModel) {
        let data = try FormulaDesign.data(formula, try call.table("data"), intercept: intercept, call)
        let (response, predictors, hasIntercept) = (data.response, data.predictors, data.design.hasIntercept)
        let (rows, columns) = (response.count, predictors.count + (hasIntercept ? 1 : 0))
        if data.dropped > 0, rows < columns {
            throw NativeError(
                "only \(rows) of \(rows + data.dropped) rows miss no value, for \(columns) coefficients",
                parameter: "data")
        }
        let fit: @Sendable () throws -> LinearModel = {
            try LinearModel(response: response, predictors: predictors, intercept: hasIntercept)
        }
        let isLong = rows * columns * columns > instantly
        return (data, try isLong ? Detached.run(check: call.checkInterruption, fit) : fit())
    }

    private static var poly: Signature {
        .host(
            "poly", group: group, "The powers 1 to k of a column, as terms of a formula.",
            text:
                "They are formed with twice a double's digits, so that polynomials of high degree keep theirs.\n"
                + "Source: Dekker 1971, \"A floating-point technique for extending the available precision\".",
            [
                Parameter("x", .numbers, "a column"), Parameter("degree", .integer(1...30)),
            ], returns: .foreign(typeName: "polynomial"),
            example: "lm(y ~ poly(x, 2), data: table(x: [0, 1, 2, 3, 4], y: [1, 2, 5, 9, 17]))"
        ) { .foreign(PolynomialValue(try $0.numbers("x"), degree: try $0.integer("degree"))) }
    }

    private static var predict: Signature {
        .host(
            "predict", group: group, "What a linear model says of new rows: a table with fit, low and high.",
            text:
                "\"confidence\" is the interval for the model's true height there, \"prediction\" that for one new\n"
                + "observation; \"none\" gives the fit alone. A row with a missing or infinite value has a\n"
                + "missing fit.\n"
                + "Source: Weisberg 2014, \"Applied linear regression\", section 3.5.",
            [
                Parameter("model", model), data,
                Parameter(
                    "interval", .choice(["none", "confidence", "prediction"]), default: .string("none")),
                .level(),
            ], returns: .foreign(typeName: "table"),
            example: "\(example)\nlet m = lm(logit(transfer) ~ logit(top1), data: t)\n"
                + "predict(m, table(top1: [60%, 80%]), interval: \"confidence\")"
        ) { call in
            let fitted = try call.foreign("model", as: LinearModelValue.self)
            let table = try call.table("data")
            let rows = try fitted.model.predict(
                fitted.data.design.predictors(over: table, call), rows: table.rowCount, level: try call.number("level"))
            let fit: [(name: String, column: Column)] = [("fit", .numbers(rows.map(\.fit)))]
            let kind = try call.string("interval")
            if kind == "none" { return .table(try Table(fit)) }
            let intervals = rows.map { kind == "confidence" ? $0.confidence : $0.prediction }
            return .table(
                try Table(
                    fit + [
                        ("low", .numbers(intervals.map(\.low))), ("high", .numbers(intervals.map(\.high))),
                    ]))
        }
    }

    private static var autocorrelation: Signature {
        .host(
            "autocorrelation", group: group, "How alike values are to those so many places later, from -1 to 1.",
            text:
                "The products of deviations from the mean over their squares.\n"
                + "Source: Box & Jenkins 1976, \"Time series analysis\", equation 2.1.12.",
            [
                Parameter("values", .numbers), Parameter("lag", .integer(0...1_000_000_000), default: .number(1)),
            ], returns: .number(), example: "autocorrelation([1, 3, 2, 4, 3, 5])"
        ) { .number(Summaries.autocorrelation(try $0.numbers("values"), lag: try $0.integer("lag"))) }
    }

    // MARK: Analysis of variance

    private static let source =
        "Source: Fisher 1925, \"Statistical methods for research workers\", chapter 7."
    private static let content =
        "The squares about the mean are divided among the terms in their order, each adjusted for the ones before\n"
        + "it (type I, as R's `anova`). Fields: table (term, df, squares, mean_square, f, p, eta2), and f, df, p and\n"
        + "eta2 of the first term.\n"

    private static var anova: [Signature] {
        let kind = ParameterKind.foreign(typeName: "anova")
        return [
            .host(
                "anova", group: group, "An analysis of variance of the terms of a formula.",
                text: content + "A column of strings is a factor, one of numbers a slope; see `lm`.\n" + source,
                [formula, data], returns: kind,
                example: """
                    let t = table(net: ["a", "a", "b", "b", "c", "c"], accuracy: [80%, 82%, 85%, 86%, 85%, 89%])
                    anova(accuracy ~ net, data: t)
                    """
            ) { call in
                let formula = try call.formula("formula")
                let (data, model) = try fit(formula, intercept: true, call)
                return try analysis(model, data, formula: FormulaDesign.oneLine(formula.text))
            },
            .host(
                "anova", group: group, "An analysis of variance of a linear model's terms.", text: content + source,
                [Parameter("model", model)], returns: kind,
                example: "\(example)\nanova(lm(transfer ~ poly(top1, 2), data: t))"
            ) { call in
                let fitted = try call.foreign("model", as: LinearModelValue.self)
                return try analysis(fitted.model, fitted.data, formula: fitted.formula)
            },
            .host(
                "anova", group: group, "A one-way analysis of variance: whether groups have the same mean.",
                text: content + "Missing values are left out, with a note.\n" + source,
                [.rest("groups", .list(of: .optional(.number())), "two or more lists of numbers")], returns: kind,
                example: "anova([1, 2, 3], [2, 3, 4], [5, 6, 7])"
            ) { call in
                let groups = try call.values("groups").compactMap { value in
                    value.asList.map { list in list.numbers ?? list.values.map { $0.asNumber ?? .nan } }
                }
                let kept = groups.map { $0.filter { !$0.isNaN } }
                let dropped = zip(groups, kept).reduce(0) { $0 + $1.0.count - $1.1.count }
                let notes =
                    dropped == 0 ? [] : ["\(Wording.counted(dropped, "missing value")) left out"]
                return .foreign(
                    AnovaValue(
                        try AnalysisOfVariance(groups: kept), title: "one-way analysis of variance", notes: notes))
            },
        ]
    }

    private static func analysis(_ model: LinearModel, _ data: FormulaDesign.Data, formula: String) throws -> Value {
        .foreign(
            AnovaValue(
                try AnalysisOfVariance(model, terms: data.widths), title: "analysis of variance \(formula)",
                notes: data.notes))
    }
}
