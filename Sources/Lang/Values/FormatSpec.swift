// The format of an interpolation, `{value:spec}`: [[fill]align][sign][0][width][,][.precision][type]. Align is `<`, `>`
// or `^`; sign `+`; `0` fills with zeros behind the sign; type `e`, `%`, `f` or `g`. As Python's, except that a bare precision counts decimals (`{r:.2}` is
// 0.87, the way results are reported), and that whole numbers get no decimals without a precision.

/// A parsed format.
struct FormatSpec: Hashable {
    enum Align: Character { case left = "<", right = ">", center = "^" }
    enum Style: Character { case fixed = "f", scientific = "e", percent = "%", general = "g" }

    var fill: Character = " "
    var align: Align?
    var showsSign = false
    /// Zeros between sign and digits fill the width.
    var fillsWithZeros = false
    var width = 0
    var groups = false
    var precision: Int?
    var style: Style?

    /// More would be a mistake, and would ask for unbounded memory.
    static let largestWidth = 1000
    static let largestPrecision = 100

    /// - Returns: nil when the text is no format.
    init?(_ text: String) {
        var rest = Substring(text)
        readAlign(&rest)
        if rest.first == "+" { showsSign = rest.popFirst() != nil }
        if rest.first == "0", align == nil { fillsWithZeros = rest.popFirst() != nil }
        guard let width = FormatSpec.readInteger(&rest, limit: FormatSpec.largestWidth) else { return nil }
        self.width = width ?? 0
        if rest.first == "," { groups = rest.popFirst() != nil }
        if rest.first == "." {
            rest.removeFirst()
            guard let digits = FormatSpec.readInteger(&rest, limit: FormatSpec.largestPrecision), let digits else {
                return nil
            }
            precision = digits
        }
        if let letter = rest.first, let style = Style(rawValue: letter) {
            self.style = style
            rest.removeFirst()
        }
        guard rest.isEmpty else { return nil }
    }

    private mutating func readAlign(_ rest: inout Substring) {
        if let second = rest.dropFirst().first, let align = Align(rawValue: second), let fill = rest.first {
            self.align = align
            self.fill = fill
            rest.removeFirst(2)
        } else if let first = rest.first, let align = Align(rawValue: first) {
            self.align = align
            rest.removeFirst()
        }
    }

    /// Outer nil: the number is above the limit. Inner nil: there are no digits.
    private static func readInteger(_ rest: inout Substring, limit: Int) -> Int?? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest.removeFirst(digits.count)
        if digits.isEmpty { return .some(nil) }
        guard let number = Int(digits), number <= limit else { return nil }
        return number
    }

    /// Whether the format makes sense for numbers only.
    var isNumeric: Bool { precision != nil || style != nil || groups || showsSign || fillsWithZeros }
}

extension FormatSpec {
    /// Formats a value.
    /// - Throws: `NativeError` when the format is for numbers and the value is none.
    func format(_ value: Value) throws -> String {
        if case .number(let number) = value { return pad(format(number), default: .right) }
        if case .nothing = value { return pad("none", default: .right) }
        guard !isNumeric else {
            throw NativeError("this format takes a number, got \(value.phrase)", kind: "type")
        }
        return pad(ValueDisplay.text(of: value), default: .left)
    }

    private func format(_ number: Double) -> String {
        let sign = showsSign && number >= 0 ? "+" : ""
        guard number.isFinite else { return sign + NumberFormat.text(number) }
        let digits = sign + (groups ? FormatSpec.group(digits(of: number)) : digits(of: number))
        return fillsWithZeros ? zeroFilled(digits) : digits
    }

    private func zeroFilled(_ digits: String) -> String {
        let sign = digits.prefix { $0 == "-" || $0 == "+" }
        let zeros = String(repeating: "0", count: max(width - digits.count, 0))
        return sign + zeros + digits.dropFirst(sign.count)
    }

    private func digits(of number: Double) -> String {
        switch style {
        case .scientific: NumberFormat.scientific(number, digits: precision ?? 6)
        case .percent: NumberFormat.fixed(number * 100, digits: precision ?? 0) + "%"
        case .general: NumberFormat.significant(number, digits: precision ?? 6)
        case .fixed: NumberFormat.fixed(number, digits: precision ?? 6)
        case nil: precision.map { NumberFormat.fixed(number, digits: $0) } ?? NumberFormat.text(number)
        }
    }

    /// `1234567.5` to `1,234,567.5`.
    private static func group(_ digits: String) -> String {
        let start = digits.firstIndex { $0.isNumber } ?? digits.startIndex
        let end = digits[start...].firstIndex { !$0.isNumber } ?? digits.endIndex
        var whole = ""
        for (index, digit) in digits[start..<end].reversed().enumerated() {
            if index > 0, index % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return digits[..<start] + String(whole.reversed()) + digits[end...]
    }

    private func pad(_ text: String, default: Align) -> String {
        let missing = width - TextWidth.columns(of: text)
        guard missing > 0 else { return text }
        let before: Int
        switch align ?? `default` {
        case .left: before = 0
        case .right: before = missing
        case .center: before = missing / 2
        }
        return String(repeating: fill, count: before) + text + String(repeating: fill, count: missing - before)
    }
}
