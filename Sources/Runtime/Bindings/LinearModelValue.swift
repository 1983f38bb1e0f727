import Compute
import Lang

/// A fitted linear model in a script.
final class LinearModelValue: Foreign {
    let model: LinearModel
    let data: FormulaDesign.Data
    /// As it was written.
    let formula: String
    /// Of the coefficients' intervals.
    let level: Double

    init(_ model: LinearModel, _ data: FormulaDesign.Data, formula: String, level: Double) {
        self.model = model
        self.data = data
        self.formula = formula
        self.level = level
    }

    static let name = "linear model"
    var typeName: String { Self.name }
    var fieldNames: [String] {
        [
            "coefficients", "r2", "adjusted_r2", "sigma", "df", "f", "p", "residuals", "fitted", "n", "dropped",
            "formula",
        ]
    }

    func field(_ name: String) throws -> Value? {
        switch name {
        case "coefficients": .table(try coefficients())
        case "r2": .number(model.rSquared)
        case "adjusted_r2": .number(model.adjustedRSquared)
        case "sigma": .number(model.sigma)
        case "df": .number(model.residualDegreesOfFreedom)
        case "f": .number(model.f)
        case "p": .number(model.fPValue)
        case "residuals": .numbers(model.residuals)
        case "fitted": .numbers(model.fitted)
        case "n": .number(Double(model.residuals.count))
        case "dropped": .number(Double(data.dropped))
        case "formula": .string(formula)
        default: nil
        }
    }

    /// One row a coefficient.
    private func coefficients() throws -> Table {
        let rows = model.coefficients
        let intervals = try rows.map { try model.interval(of: $0, level: level) }
        return try Table([
            ("term", .strings(rows.map(\.name))), ("estimate", .numbers(rows.map(\.estimate))),
            ("se", .numbers(rows.map(\.standardError))), ("t", .numbers(rows.map(\.t))),
            ("p", .numbers(rows.map(\.pValue))), ("low", .numbers(intervals.map(\.low))),
            ("high", .numbers(intervals.map(\.high))),
        ])
    }

    // MARK: Display

    func display(width: Int) -> String {
        var facts = RichDisplay("")
        facts.add("R²", model.rSquared, remark: "adjusted \(short(model.adjustedRSquared))")
        facts.add("residual sd", model.sigma, remark: degrees([model.residualDegreesOfFreedom]))
        facts.add("F", model.f, remark: degrees(model.fDegreesOfFreedom))
        facts.add("p", model.fPValue)
        facts.add("rows", Double(model.residuals.count))
        facts.note("low and high are the ends of \(NumberFormat.text(100 * level))% intervals")
        if !data.design.baselines.isEmpty {
            facts.note("levels are compared with \(data.design.baselines.joined(separator: ", "))")
        }
        data.notes.forEach { facts.note($0) }
        if model.residualDegreesOfFreedom == 0 {
            facts.note("as many coefficients as rows: errors and tests are undefined")
        } else if model.isPerfect {
            facts.note("the fit is perfect to rounding: errors and tests say nothing")
        }
        // A model without a table of coefficients cannot be made: its columns have one length and different names.
        let table = (try? coefficients()).map { LinearModelValue.indented($0, width: width) } ?? ""
        return [RichDisplay("linear model \(formula)").text(width: width), table, facts.text(width: width)]
            .joined(separator: "\n")
    }

    static func indented(_ table: Table, width: Int) -> String {
        TableDisplay(width: max(1, width - 2), rows: 60, isStyled: Terminal.output.hasColor).text(of: table)
            .split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    }

    private func short(_ number: Double) -> String { NumberFormat.significant(number, digits: 4) }

    private func degrees(_ degrees: [Double]) -> String {
        degrees.map(NumberFormat.text).joined(separator: " and ")
            + (degrees == [1] ? " degree of freedom" : " degrees of freedom")
    }
}

extension FormulaDesign.Data {
    var notes: [String] {
        dropped == 0 ? [] : ["\(Wording.counted(dropped, "row")) left out because of a missing value"]
    }
}

/// An analysis of variance in a script.
final class AnovaValue: Foreign {
    let analysis: AnalysisOfVariance
    private let title: String
    private let notes: [String]

    init(_ analysis: AnalysisOfVariance, title: String, notes: [String]) {
        self.analysis = analysis
        self.title = title
        self.notes = notes
    }

    var typeName: String { "anova" }
    var fieldNames: [String] { ["table", "f", "df", "p", "eta2"] }

    /// Of the first term, but for the table.
    func field(_ name: String) throws -> Value? {
        let first = analysis.terms.first
        return switch name {
        case "table": .table(try table())
        case "f": .number(first?.f ?? .nan)
        case "df": .numbers([first?.degreesOfFreedom ?? .nan, analysis.residual.degreesOfFreedom])
        case "p": .number(first?.pValue ?? .nan)
        case "eta2": .number(first?.share ?? .nan)
        default: nil
        }
    }

    /// One row a term, then the residual.
    private func table() throws -> Table {
        let rows = analysis.terms + [analysis.residual]
        return try Table([
            ("term", .strings(rows.map(\.name))), ("df", .numbers(rows.map(\.degreesOfFreedom))),
            ("squares", .numbers(rows.map(\.squares))), ("mean_square", .numbers(rows.map(\.meanSquare))),
            ("f", .numbers(rows.map(\.f))), ("p", .numbers(rows.map(\.pValue))), ("eta2", .numbers(rows.map(\.share))),
        ])
    }

    func display(width: Int) -> String {
        var end = RichDisplay("")
        end.note("eta2 is the share of the squares about the mean")
        if analysis.terms.count > 1 { end.note("each term is adjusted for the ones above it") }
        notes.forEach { end.note($0) }
        let table = (try? table()).map { LinearModelValue.indented($0, width: width) } ?? ""
        return [RichDisplay(title).text(width: width), table, end.text(width: width)].joined(separator: "\n")
    }
}
