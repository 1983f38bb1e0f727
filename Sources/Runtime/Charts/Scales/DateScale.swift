/// ISO dates ("2026-11-23") by their day. Scaled units are days since 1970-01-01.
struct DateScale: ContinuousScale {
    /// The years 0001 to 9999.
    var allowed: ClosedRange<Double> { -719_162...2_932_896 }
    var title: String { "a date axis" }
    var marginValues: String { "infinite" }
    var advice: String { "write dates as \"2026-11-23\"" }
    var baseline: Double { -.infinity }

    func takes(_ entry: Datum) -> Bool {
        entry.isMissing || (entry.kind == .string && CalendarDay.days(of: entry.text) != nil) || entry.kind == .number
    }

    /// A number counts as days since 1970-01-01.
    func position(of entry: Datum) -> Double {
        switch entry {
        case .string(let text): CalendarDay.days(of: text) ?? .nan
        case .number(let days): min(max(days, allowed.lowerBound), allowed.upperBound)
        case .missing, .bool: .nan
        }
    }

    func transform(_ value: Double) -> Double { value }
    func inverse(_ position: Double) -> Double { position }

    /// The closest of days, weeks, months and years that gives no more than `most` ticks.
    func ticks(in range: ClosedRange<Double>, most: Int) -> [Tick] {
        let inside =
            max(
                range.lowerBound, allowed.lowerBound)...max(
                min(range.upperBound, allowed.upperBound), max(range.lowerBound, allowed.lowerBound))
        for step in Step.all where inside.upperBound - inside.lowerBound <= Double(max(2, most)) * step.days {
            let days = step.days(in: inside)
            if days.count <= max(2, most), !days.isEmpty { return labelled(days, step) }
        }
        return []
    }

    /// The year stands at the first tick and wherever it changes; days name their month.
    private func labelled(_ days: [CalendarDay], _ step: Step) -> [Tick] {
        var shown: Int?
        return days.map { day in
            let year = shown == day.year ? "" : " \(day.year)"
            shown = day.year
            let label =
                switch step {
                case .days: "\(day.day) \(day.monthName)\(year)"
                case .months: "\(day.monthName)\(year)"
                case .years: "\(day.year)"
                }
            return Tick(Double(day.number), label)
        }
    }

    private enum Step {
        case days(Int)
        case months(Int)
        case years(Int)

        static let all: [Step] =
            [1, 2, 7, 14].map(Step.days) + [1, 2, 3, 6].map(Step.months)
            + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map(Step.years)

        /// Its length; the longest where that varies.
        var days: Double {
            switch self {
            case .days(let count): Double(count)
            case .months(let count): 31 * Double(count)
            case .years(let count): 366 * Double(count)
            }
        }

        func days(in range: ClosedRange<Double>) -> [CalendarDay] {
            let first = CalendarDay(number: Int(range.lowerBound.rounded(.up)))
            let last = CalendarDay(number: Int(range.upperBound.rounded(.down)))
            let found: [CalendarDay]
            switch self {
            case .days(let count):
                // Weeks begin on Mondays: 1970-01-05 was one.
                let start = Int(((Double(first.number) - 4) / Double(count)).rounded(.up)) * count + 4
                found = stride(from: start, through: last.number, by: count).map { CalendarDay(number: $0) }
            case .months(let count):
                let start = (first.year * 12 + first.month - 1) / count * count
                found = stride(from: start, through: last.year * 12 + last.month - 1, by: count).map {
                    CalendarDay(year: $0 / 12, month: $0 % 12 + 1, day: 1)
                }
            case .years(let count):
                found = stride(from: first.year / count * count, through: last.year, by: count).map {
                    CalendarDay(year: $0, month: 1, day: 1)
                }
            }
            return found.filter { range.contains(Double($0.number)) }
        }
    }
}
