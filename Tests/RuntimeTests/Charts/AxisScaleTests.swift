import Foundation
import Testing

@testable import Runtime

/// Fisher, reversed and date axes, minor ticks and the formats of numbers.
@Suite struct AxisScaleTests {
    private let fisher = FisherScale()

    @Test func fisher_places_are_the_inverse_hyperbolic_tangent() {
        // artanh 0.5 = ln 3 / 2
        #expect(abs(fisher.transform(0.5) - 0.5493061443340548) < 1e-15)
        #expect(abs(fisher.inverse(fisher.transform(-0.97)) + 0.97) < 1e-15)
        #expect(fisher.position(of: .number(1)) == .infinity)
        #expect(fisher.baseline == 0)
    }

    @Test func fisher_ticks_read_as_correlations() {
        let ticks = fisher.ticks(in: atanh(-0.05)...atanh(0.993), most: 7)
        #expect(ticks.map(\.label) == ["0", "0.5", "0.8", "0.9", "0.95", "0.99"])
        let narrow = fisher.ticks(in: atanh(-0.45)...atanh(0.45), most: 5)
        #expect(narrow.map(\.label) == ["−0.4", "−0.2", "0", "0.2", "0.4"])
    }

    @Test func reversed_axes_run_from_high_to_low() throws {
        let table = try Table([("x", .numbers([1, 2, 4])), ("y", .numbers([1, 2, 3]))])
        for kind in [ScaleSetting.Kind.linear, .log] {
            let chart = try Chart(table).adding("points", ["x": .string("x"), "y": .string("y")])
                .scales(x: ScaleSetting(kind, limits: 1...10, isReversed: true))
            let drawing = try ChartSamples.draw(chart)
            let places = drawing.signs.map(\.center.x)
            #expect(places[0] > places[1] && places[1] > places[2])
            let panel = try #require(drawing.panels.first)
            #expect(abs(places[0] - panel.maxX) < 1e-9)
        }
        let names = CategoryScale([.string("a"), .string("b")], isReversed: true)
        #expect(names.categories == ["b", "a"])
    }

    @Test func bars_of_a_reversed_axis_hang_from_its_top() throws {
        let table = try Table([("x", .strings(["a", "b"])), ("y", .numbers([1, 2]))])
        let chart = try Chart(table).adding("bars", ["x": .string("x"), "y": .string("y")])
            .scales(y: ScaleSetting(isReversed: true))
        let drawing = try ChartSamples.draw(chart)
        let panel = try #require(drawing.panels.first)
        for bar in drawing.shapes(.mark("bars")).compactMap(\.bounds) { #expect(abs(bar.minY - panel.minY) < 1e-9) }
    }

    @Test func log_axes_have_a_stroke_at_every_digit_there_is_room_for() {
        let scale = LogScale()
        #expect(scale.minorTicks(in: 0...1, apart: 0.01).count == 10)
        #expect(scale.minorTicks(in: 0...1, apart: 0.1).map { (pow(10, $0)).rounded() } == [1, 2, 5, 10])
        #expect(scale.minorTicks(in: 0...3, apart: 0.9) == [0, 1, 2, 3])
        #expect(scale.minorTicks(in: 0...300, apart: 2).isEmpty)
        #expect(LinearScale().minorTicks(in: 0...1, apart: 0.01).isEmpty)
    }

    @Test(arguments: [
        (TickFormat.si, 0.0, 0, "0"), (.si, 1500, 0, "1.5k"), (.si, 2_000_000, 0, "2M"), (.si, -1000, 0, "−1k"),
        (.si, 999, 0, "999"), (.si, 0.25, 2, "0.25"), (.si, 3e-6, 6, "3µ"), (.si, 1e9, 0, "1G"),
        (.thousands, 1_234_567, 0, "1,234,567"), (.thousands, 1000, 0, "1,000"), (.thousands, -0.5, 1, "−0.5"),
        (.percent, 0.125, 3, "12.5%"), (.plain, 12_000, 0, "12,000"),
    ])
    func formats_write_numbers(format: TickFormat, value: Double, decimals: Int, expected: String) {
        #expect(format.label(value, decimals: decimals) == expected)
    }

    @Test func formats_hold_for_linear_and_log_axes() {
        #expect(LinearScale(format: .si).ticks(in: 0...3000, most: 4).map(\.label) == ["0", "1k", "2k", "3k"])
        #expect(LogScale(format: .si).ticks(in: 2...6, most: 5).map(\.label) == ["100", "1k", "10k", "100k", "1M"])
        #expect(LogScale(format: .percent).ticks(in: -2...0, most: 3).map(\.label) == ["1%", "10%", "100%"])
    }

    // MARK: Dates

    @Test(arguments: [
        ("1970-01-01", 0), ("2000-03-01", 11_017), ("2026-11-23", 20_780), ("1969-12-31", -1), ("2024-02-29", 19_782),
    ])
    func days_are_counted_from_1970(text: String, days: Int) throws {
        let day = try #require(CalendarDay(iso: text))
        #expect(day.number == days)
        #expect(CalendarDay(number: days) == day)
    }

    @Test(arguments: [
        "2023-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-32", "model-10-20", "+026-01-01", "",
    ])
    func other_texts_are_no_dates(text: String) {
        #expect(CalendarDay(iso: text) == nil)
    }

    private func labels(_ first: String, _ last: String, most: Int) throws -> [String] {
        let range = try #require(CalendarDay.days(of: first))...#require(CalendarDay.days(of: last))
        return DateScale().ticks(in: range, most: most).map(\.label)
    }

    @Test func dates_have_ticks_at_days_months_and_years() throws {
        #expect(try labels("2026-11-21", "2026-11-24", most: 6) == ["21 Nov 2026", "22 Nov", "23 Nov", "24 Nov"])
        #expect(try labels("2026-10-15", "2027-02-10", most: 5) == ["Nov 2026", "Dec", "Jan 2027", "Feb"])
        #expect(
            try labels("2026-11-01", "2026-11-30", most: 5) == ["2 Nov 2026", "9 Nov", "16 Nov", "23 Nov", "30 Nov"])
        #expect(try labels("1998-05-01", "2021-07-01", most: 6) == ["2000", "2005", "2010", "2015", "2020"])
    }

    @Test func columns_of_dates_get_a_date_axis() throws {
        let dates: [Datum] = ["2026-11-23", "2026-11-27"].map(Datum.string)
        #expect(ScaleSetting().scale(for: dates) is DateScale)
        #expect(ScaleSetting().scale(for: dates + [.string("later")]) is CategoryScale)
        #expect(ScaleSetting(.category).scale(for: dates) is CategoryScale)
        let table = try Table([("day", .strings(["2026-11-23", "soon"])), ("y", .numbers([1, 2]))])
        let chart = try Chart(table).adding("points", ["x": .string("day"), "y": .string("y")])
            .scales(x: ScaleSetting(.date))
        #expect(throws: ChartError("column 'day' has 'soon', where a date axis needs ISO dates")) {
            try ChartSamples.draw(chart)
        }
    }
}
