import Compute
import Lang

/// What a formula's right side is over a table: terms with their codings, kept so that new rows are coded alike.
struct FormulaDesign {
    /// How a term's values become columns of numbers.
    enum Coding {
        case number
        /// Powers of a column named `base`.
        case polynomial(base: String, degree: Int)
        /// A column of ones and zeros for each of `coded`; `baseline` is the level they are compared with.
        case levels(coded: [String], baseline: String?)
    }

    struct Term {
        let term: Formula.Term
        let coding: Coding

        var text: String { FormulaDesign.oneLine(term.text) }

        /// How many columns of the design are its.
        var columns: Int {
            switch coding {
            case .number: 1
            case .polynomial(_, let degree): degree
            case .levels(let coded, _): coded.count
            }
        }
    }

    /// A term's values over the rows of a table.
    enum Values {
        case numbers([Double])
        case labels([String?])
        case polynomial([Double], degree: Int)

        func isMissing(_ row: Int) -> Bool {
            switch self {
            case .numbers(let values), .polynomial(let values, _): values[row].isNaN
            case .labels(let labels): labels[row] == nil
            }
        }

        func taking(_ rows: [Int]) -> Values {
            switch self {
            case .numbers(let values): .numbers(rows.map { values[$0] })
            case .labels(let labels): .labels(rows.map { labels[$0] })
            case .polynomial(let values, let degree): .polynomial(rows.map { values[$0] }, degree: degree)
            }
        }
    }

    let terms: [Term]
    let hasIntercept: Bool

    // MARK: From a formula

    /// A formula's response and predictors over the rows of a table that miss nothing.
    struct Data {
        let design: FormulaDesign
        let response: [Double]
        let predictors: [LinearModel.Predictor]
        /// How many predictors each term has.
        let widths: [(name: String, columns: Int)]
        let dropped: Int
    }

    /// - Throws: `NativeError` for a formula without a response or with a term that is no column of the table.
    static func data(_ formula: Formula, _ table: Table, intercept: Bool, _ call: NativeCall) throws -> Data {
        guard formula.left.count == 1, let left = formula.left.first else {
            throw NativeError("a linear model has one response, got \(formula.left.count)", parameter: "formula")
        }
        guard case .numbers(let response) = try values(left, table, call) else {
            throw NativeError("the response '\(left.text)' is no column of numbers", parameter: "formula")
        }
        let constants = formula.right.compactMap(\.constant)
        if let odd = constants.first(where: { ![-1, 0, 1].contains($0) }) {
            throw NativeError(
                "a term is a column: \(NumberFormat.text(odd)) is none",
                help: "1 stands for the intercept, 0 and - 1 leave it out", parameter: "formula")
        }
        let hasIntercept = intercept && !constants.contains { $0 != 1 }
        let given = formula.right.filter { $0.constant == nil }
        let all = try given.map { try values($0, table, call) }
        let complete = (0..<table.rowCount).filter { row in
            !response[row].isNaN && !all.contains { $0.isMissing(row) }
        }
        let kept = all.map { $0.taking(complete) }
        var isFirstFactor = true
        let terms = try zip(given, kept).map { term, values in
            // Without an intercept the first factor's levels stand for it, as in R.
            let isFull = !hasIntercept && isFirstFactor
            if case .labels = values { isFirstFactor = false }
            return Term(term: term, coding: try coding(of: values, oneLine(term.text), isFull: isFull))
        }
        try checkSize(rows: complete.count, columns: terms.reduce(1) { $0 + $1.columns })
        let columns = try zip(terms, kept).map { try predictors($0, $1) }
        return Data(
            design: FormulaDesign(terms: terms, hasIntercept: hasIntercept), response: complete.map { response[$0] },
            predictors: columns.flatMap { $0 }, widths: zip(terms, columns).map { ($0.text, $1.count) },
            dropped: table.rowCount - complete.count)
    }

    /// Entries of a design, each of which takes 16 bytes twice.
    private static let mostEntries = 20_000_000

    private static func checkSize(rows: Int, columns: Int) throws {
        guard rows * columns <= mostEntries else {
            throw NativeError(
                "a design of \(Wording.grouped(rows)) rows and \(Wording.grouped(columns)) columns is too large",
                help: "is a column of names a term? for many groups there is anova(group1, group2, …)")
        }
    }

    /// The predictors over new rows; what is missing there is NaN.
    func predictors(over table: Table, _ call: NativeCall) throws -> [LinearModel.Predictor] {
        try terms.flatMap { try Self.predictors($0, Self.values($0.term, table, call)) }
    }

    /// Levels that coefficients compare with, such as "net 'alexnet'".
    var baselines: [String] {
        terms.compactMap { term in
            guard case .levels(_, let baseline?) = term.coding else { return nil }
            return "\(term.text) '\(baseline)'"
        }
    }

    // MARK: Terms

    private static func values(_ term: Formula.Term, _ table: Table, _ call: NativeCall) throws -> Values {
        let columns = try term.columns.map { try table.column($0) }
        guard let first = columns.first else {
            throw NativeError("the term '\(term.text)' names no column", parameter: "formula")
        }
        if columns.count == 1, term.text == term.columns[0] { return values(of: first) }
        // Missing numbers go in as nan, which arithmetic passes on.
        let result = try call.invoke(
            term.function,
            columns.map { column in
                if case .numbers(let numbers) = column { .numbers(numbers) } else { Bridge.list(column) }
            })
        if let polynomial = result.asForeign(PolynomialValue.self) {
            guard polynomial.base.count == table.rowCount else { throw wrongLength(term, polynomial.base.count, table) }
            return .polynomial(polynomial.base, degree: polynomial.degree)
        }
        guard let list = result.asList else {
            throw NativeError(
                "the term '\(term.text)' is \(result.phrase), not a column of values", parameter: "formula")
        }
        guard list.count == table.rowCount else { throw wrongLength(term, list.count, table) }
        return values(of: try Bridge.column(list, named: term.text))
    }

    private static func wrongLength(_ term: Formula.Term, _ count: Int, _ table: Table) -> NativeError {
        NativeError(
            "the term '\(term.text)' has \(count) values for \(table.rowCount) rows", parameter: "formula")
    }

    private static func values(of column: Column) -> Values {
        switch column {
        case .numbers(let values): .numbers(values)
        case .strings(let labels): .labels(labels)
        case .bools(let truths): .labels(truths.map { truth in truth.map { $0 ? "true" : "false" } })
        }
    }

    private static func coding(of values: Values, _ text: String, isFull: Bool) throws -> Coding {
        switch values {
        case .numbers: return .number
        case .polynomial(_, let degree): return .polynomial(base: base(of: text), degree: degree)
        case .labels(let labels):
            let levels = Set(labels.compactMap { $0 }).sorted()
            if isFull { return .levels(coded: levels, baseline: nil) }
            guard levels.count > 1 else {
                throw NativeError(
                    "the term '\(text)' has one level only" + (levels.first.map { ", '\($0)'" } ?? ""),
                    help: "leave it out", parameter: "formula")
            }
            return .levels(coded: Array(levels.dropFirst()), baseline: levels.first)
        }
    }

    /// "x" of "poly(x, 3)", so that its coefficients are called x, x^2 and x^3.
    private static func base(of text: String) -> String {
        guard text.hasPrefix("poly("), text.hasSuffix(")"), let comma = text.lastIndex(of: ",") else { return text }
        let base = text[text.index(text.startIndex, offsetBy: 5)..<comma]
        return isOneName(base) ? String(base) : "(\(base))"
    }

    /// Whether a power may follow without parentheses: a name, or a call.
    private static func isOneName(_ text: Substring) -> Bool {
        var depth = 0
        return text.allSatisfy { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return depth > 0 || character == ")" || character == "_" || character.isLetter || character.isNumber
        }
    }

    /// Source text without line breaks, for names and titles.
    static func oneLine(_ text: String) -> String {
        text.contains(where: \.isNewline) ? text.split(whereSeparator: \.isWhitespace).joined(separator: " ") : text
    }

    private static func predictors(_ term: Term, _ values: Values) throws -> [LinearModel.Predictor] {
        switch (term.coding, values) {
        case (.number, .numbers(let numbers)): return [LinearModel.Predictor(term.text, numbers)]
        case (.polynomial(let base, let degree), .polynomial(let numbers, _)):
            return LinearModel.Predictor.powers(of: base, numbers, degree: degree)
        case (.levels(let coded, let baseline), .labels(let labels)):
            let known = Set([baseline].compactMap { $0 } + coded)
            if let unknown = labels.lazy.compactMap({ $0 }).first(where: { !known.contains($0) }) {
                let list = known.sorted().joined(separator: ", ")
                throw NativeError("'\(term.text)' had no '\(unknown)' when the model was fitted: it had \(list)")
            }
            return coded.map { level in
                LinearModel.Predictor("\(term.text)[\(level)]", labels.map { $0.map { $0 == level ? 1 : 0 } ?? .nan })
            }
        default: throw NativeError("'\(term.text)' is a column of another kind than when the model was fitted")
        }
    }
}

/// Powers of a column, for formulas; the powers themselves are formed where they are needed, with extra digits.
final class PolynomialValue: Foreign {
    let base: [Double]
    let degree: Int

    init(_ base: [Double], degree: Int) {
        self.base = base
        self.degree = degree
    }

    var typeName: String { "polynomial" }
    func display(width: Int) -> String { "powers 1 to \(degree) of \(Wording.counted(base.count, "value"))" }
}
