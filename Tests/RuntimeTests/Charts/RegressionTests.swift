import Testing

@testable import Runtime

@Suite struct RegressionTests {
    /// scipy.stats.linregress and, for the band, statsmodels' formula by hand:
    /// x = [1, 2, 4, 7, 8], y = [2.1, 2.9, 5.2, 7.8, 9.4]
    /// slope, intercept = numpy.polyfit(x, y, 1); s2 = sum((y - fit)**2) / 3
    /// se(x0) = sqrt(s2 * (1/5 + (x0 - 4.4)**2 / sum((x - 4.4)**2)))
    @Test func line_and_standard_error_agree_with_numpy() throws {
        let line = try #require(LeastSquares([1, 2, 4, 7, 8], [2.1, 2.9, 5.2, 7.8, 9.4]))
        #expect(abs(line.slope - 1.0198924731182795) < 1e-12)
        #expect(abs(line.intercept - 0.9924731182795696) < 1e-12)
        #expect(abs(line.standardError(at: 1) - 0.19055455356647696) < 1e-12)
        #expect(abs(line.standardError(at: 5) - 0.12209273772582849) < 1e-12)
    }

    @Test func the_band_is_t_times_the_standard_error_in_scaled_units() throws {
        let table = try Table([("x", .numbers([1, 2, 4, 7, 8])), ("y", .numbers([2.1, 2.9, 5.2, 7.8, 9.4]))])
        let context = MarkContext(
            x: LinearScale(), y: LinearScale(), tools: ChartSamples.tools,
            seriesCount: 1, isDodged: false, hasBars: false, orientation: .upright)
        var rows = MarkRows(count: table.rowCount)
        rows.set(.x, [1, 2, 4, 7, 8])
        rows.set(.y, [2.1, 2.9, 5.2, 7.8, 9.4])
        let mark = try Regression(MarkOptions([:], of: Regression.self))
        let fitted = try mark.statistics(of: rows, in: context)
        let half = try #require(fitted.numbers(.high).first) - (0.9924731182795696 + 1.0198924731182795)
        #expect(abs(half - 3.18245 * 0.19055455356647696) < 1e-12)
        #expect(fitted.numbers(.x).first == 1 && fitted.numbers(.x).last == 8)
    }

    @Test func without_a_band_there_is_a_line_alone() throws {
        let table = try ChartSamples.fourNetworks()
        let chart = try Chart(table).adding(
            "regression", ["x": .string("source"), "y": .string("transfer"), "ci": .missing])
        let drawing = try ChartSamples.draw(chart)
        #expect(drawing.shapes(.mark("regression")).count == 1)
        #expect(drawing.texts(.legendText).map(\.text) == ["least-squares line"])
    }

    @Test func a_colour_column_gives_a_line_each() throws {
        let table = try Table([
            ("x", .numbers([1, 2, 3, 1, 2, 3])), ("y", .numbers([1, 2, 3, 3, 2, 1])),
            ("g", .strings(["a", "a", "a", "b", "b", "b"])),
        ])
        let chart = try Chart(table).adding(
            "regression", ["x": .string("x"), "y": .string("y"), "color": .string("g"), "ci": .missing])
        #expect(try ChartSamples.draw(chart).shapes(.mark("regression")).count == 2)
    }

    @Test func two_points_have_a_line_but_no_band() throws {
        let table = try Table([("x", .numbers([1, 2])), ("y", .numbers([1, 3]))])
        let chart = try Chart(table).adding("regression", ["x": .string("x"), "y": .string("y")])
        #expect(try ChartSamples.draw(chart).shapes(.mark("regression")).count == 1)
    }

    @Test func points_above_each_other_have_no_line() throws {
        let table = try Table([("x", .numbers([1, 1])), ("y", .numbers([1, 3]))])
        let chart = try Chart(table).adding("regression", ["x": .string("x"), "y": .string("y")])
        #expect(throws: ChartError.self) { try ChartSamples.draw(chart) }
    }
}

@Suite struct ErrorBarsTests {
    private func ends(_ options: [String: Datum], y: Double, error: Double) throws -> (low: Double, high: Double) {
        var rows = MarkRows(count: 1)
        rows.set(.x, [0])
        rows.set(.y, [LogitScale().transform(y)])
        rows.set(.error, [error])
        let context = MarkContext(
            x: LinearScale(), y: LogitScale(), tools: ChartSamples.tools,
            seriesCount: 1, isDodged: false, hasBars: false, orientation: .upright)
        let bars = try ErrorBars(MarkOptions(options, of: ErrorBars.self)).statistics(of: rows, in: context)
        return (bars.numbers(.low)[0], bars.numbers(.high)[0])
    }

    @Test func errors_of_the_data_are_uneven_on_a_logit_axis() throws {
        let (low, high) = try ends([:], y: 0.9, error: 0.05)
        // ln(0.85 / 0.15) and ln(0.95 / 0.05)
        #expect(abs(low - 1.7346010553881064) < 1e-12)
        #expect(abs(high - 2.9444389791664403) < 1e-12)
    }

    @Test func scaled_errors_are_in_log_odds() throws {
        let (low, high) = try ends(["error_scale": .string("scaled")], y: 0.9, error: 0.25)
        #expect(abs(low - (2.197224577336219 - 0.25)) < 1e-12)
        #expect(abs(high - (2.197224577336219 + 0.25)) < 1e-12)
    }

    @Test func an_end_beyond_certainty_runs_to_the_margin() throws {
        #expect(try ends([:], y: 0.99, error: 0.02).high == .infinity)
        #expect(try ends([:], y: 0.01, error: 0.02).low == -.infinity)
    }

    @Test func bars_without_a_length_are_refused() throws {
        let chart = try Chart(ChartSamples.fourNetworks()).adding(
            "errorbars", ["x": .string("source"), "y": .string("transfer"), "low": .string("low")])
        #expect(throws: ChartError.self) { try ChartSamples.draw(chart) }
    }
}
