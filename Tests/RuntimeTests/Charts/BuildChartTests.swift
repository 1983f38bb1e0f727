import Testing

@testable import Runtime

@Suite struct BuildChartTests {
    // MARK: The main picture

    private func expectReadable(_ drawing: Drawing, labels expected: Int) {
        let labels = drawing.texts(.label)
        #expect(labels.count == expected)
        for (index, label) in labels.enumerated() {
            for panel in drawing.panels { #expect(panel.contains(label.bounds)) }
            for sign in drawing.signs { #expect(!label.bounds.overlaps(sign), "\(label.text) covers a point") }
            for other in labels[(index + 1)...] { #expect(!label.bounds.overlaps(other.bounds)) }
            for case .line(let points, _) in drawing.shapes(.mark("errorbars")) {
                for (a, b) in zip(points, points.dropFirst()) {
                    #expect(!label.bounds.isCrossed(from: a, to: b), "\(label.text) covers an error bar")
                }
            }
        }
        let texts = drawing.texts()
        for (index, text) in texts.enumerated() {
            #expect(drawing.canvas.contains(text.bounds), "\(text.text) leaves the canvas")
            for other in texts[(index + 1)...] {
                #expect(!text.bounds.overlaps(other.bounds), "\(text.text), \(other.text)")
            }
        }
    }

    @Test func four_networks_are_drawn_with_everything_readable() throws {
        let drawing = try ChartSamples.draw(ChartSamples.scatter(ChartSamples.fourNetworks()))
        expectReadable(drawing, labels: 4)
        #expect(drawing.signs.count == 4)
        // A bar and two caps each.
        #expect(drawing.shapes(.mark("errorbars")).count == 12)
        // A band and a line.
        #expect(drawing.shapes(.mark("regression")).count == 2)
        #expect(drawing.texts(.legendText).map(\.text) == ["least-squares line, 95% band"])
        #expect(drawing.texts(.axisTitle).map(\.text) == ["source", "transfer"])
        #expect(drawing.notes.isEmpty)
    }

    @Test func sixteen_crowded_networks_keep_all_their_names() throws {
        let drawing = try ChartSamples.draw(ChartSamples.scatter(ChartSamples.sixteenNetworks()))
        expectReadable(drawing, labels: 16)
    }

    @Test func ticks_of_logit_axes_are_percentages_inside_the_panel() throws {
        let drawing = try ChartSamples.draw(ChartSamples.scatter(ChartSamples.fourNetworks()))
        let panel = try #require(drawing.panels.first)
        let labels = drawing.texts(.tickLabel)
        #expect(labels.count >= 6)
        #expect(labels.allSatisfy { $0.text.hasSuffix("%") })
        for case .line(let points, _) in drawing.shapes(.grid) {
            for point in points { #expect(panel.contains(point)) }
        }
    }

    @Test func points_stand_where_their_log_odds_are() throws {
        let drawing = try ChartSamples.draw(ChartSamples.scatter(ChartSamples.fourNetworks()))
        let x = drawing.signs.map(\.center.x)
        let odds = [0.912, 0.897, 0.921, 0.905].map(LogitScale().transform)
        // Three points of a linear map: equal ratios of differences.
        #expect(abs((x[1] - x[0]) / (x[2] - x[0]) - (odds[1] - odds[0]) / (odds[2] - odds[0])) < 1e-9)
    }

    @Test func labels_without_room_are_left_out_and_counted() throws {
        let many = try Table([
            ("x", .numbers((0..<120).map { Double($0 % 12) })), ("y", .numbers((0..<120).map { Double($0 / 12) })),
            ("name", .strings((0..<120).map { "a long name \($0)" })),
        ])
        let chart = try Chart(many).adding(
            "points", ["x": .string("x"), "y": .string("y"), "label": .string("name")])
        let drawing = try ChartSamples.draw(chart)
        let shown = drawing.texts(.label).count
        #expect(shown > 0 && shown < 120)
        #expect(drawing.notes == ["\(120 - shown) of 120 labels are left out for lack of room"])
        expectReadable(drawing, labels: shown)
    }

    // MARK: Bars and series

    private func settings() throws -> Table {
        try Table([
            ("model", .strings(["a", "b", "a", "b"])), ("setting", .strings(["s", "s", "t", "t"])),
            ("accuracy", .numbers([0.8, 0.7, 0.6, 0.5])), ("se", .numbers([0.1, 0.1, 0.1, 0.1])),
        ])
    }

    @Test func bars_of_two_series_stand_side_by_side_with_their_error_bars() throws {
        let chart = try Chart(settings())
            .adding("bars", ["x": .string("model"), "y": .string("accuracy"), "color": .string("setting")])
            .adding("errorbars", ["error": .string("se"), "color": .string("black")])
        let drawing = try ChartSamples.draw(chart)
        let bars = drawing.shapes(.mark("bars")).compactMap(\.bounds).sorted { $0.minX < $1.minX }
        #expect(bars.count == 4)
        for (first, second) in zip(bars, bars.dropFirst()) { #expect(!first.grown(by: -1e-6).overlaps(second)) }
        let uprights = drawing.shapes(.mark("errorbars")).compactMap(\.bounds).filter { $0.width == 0 }
        #expect(uprights.count == 4)
        for bar in bars { #expect(uprights.count { abs($0.center.x - bar.center.x) < 1e-6 } == 1) }
        let heights = bars.map(\.height)
        #expect(abs(heights[0] / heights[3] - 0.8 / 0.5) < 1e-9)
        #expect(drawing.texts(.legendText).map(\.text) == ["s", "t"])
    }

    @Test func a_histogram_counts_every_value_once() throws {
        let table = try Table([("x", .numbers([1, 1, 2, 3, 3, 3, 4, 10]))])
        let drawing = try ChartSamples.draw(Chart(table).adding("histogram", ["x": .string("x"), "bins": .number(3)]))
        // 1…4, 4…7, 7…10: the inner edge belongs to the bin above it. Empty bins have no height.
        let heights = drawing.shapes(.mark("histogram")).compactMap(\.bounds?.height)
        #expect(heights.count == 3)
        #expect(abs(heights[0] / heights[2] - 6) < 1e-9 && abs(heights[1] / heights[2] - 1) < 1e-9)
        #expect(drawing.texts(.axisTitle).map(\.text) == ["x", "count"])
    }

    @Test func lines_break_at_missing_values() throws {
        let table = try Table([("x", .numbers([3, 1, 2, 4, 5])), ("y", .numbers([.nan, 1, 2, 4, 5]))])
        let drawing = try ChartSamples.draw(Chart(table).adding("lines", ["x": .string("x"), "y": .string("y")]))
        let counts = drawing.shapes(.mark("lines")).map {
            if case .line(let points, _) = $0 { points.count } else { 0 }
        }
        #expect(counts == [2, 2])
    }

    @Test func points_outside_given_limits_are_left_out_and_counted() throws {
        let table = try Table([("x", .numbers([1, 2, 3])), ("y", .numbers([1, 2, 30]))])
        let chart = try Chart(table).adding("points", ["x": .string("x"), "y": .string("y")])
            .scales(y: ScaleSetting(.linear, limits: 0...5))
        let drawing = try ChartSamples.draw(chart)
        #expect(drawing.signs.count == 2)
        #expect(drawing.notes == ["1 point lies outside the limits of the axes"])
    }

    @Test func constants_draw_one_rule_however_many_rows() throws {
        let chart = try ChartSamples.scatter(ChartSamples.fourNetworks()).adding("rule", ["y": .number(0.85)])
        #expect(try ChartSamples.draw(chart).shapes(.mark("rule")).count == 1)
    }

    // MARK: Panels

    @Test func facets_share_axes_and_label_only_the_outer_ones() throws {
        let chart = try Chart(settings()).adding("points", ["x": .string("model"), "y": .string("accuracy")])
            .facet(by: "setting")
        let drawing = try ChartSamples.draw(chart)
        #expect(drawing.panels.count == 2)
        #expect(drawing.texts(.strip).map(\.text) == ["s", "t"])
        #expect(drawing.texts(.tickLabel).filter { $0.text == "a" }.count == 2)
        #expect(drawing.texts(.tickLabel).filter { $0.text == "0.60" }.count == 1)
        #expect(throws: ChartError("unknown column 'seting'", help: "did you mean 'setting'?")) {
            try chart.facet(by: "seting")
        }
    }

    @Test func panels_hold_whole_charts_side_by_side() throws {
        let chart = try ChartSamples.scatter(ChartSamples.fourNetworks())
        let drawing = try Figure([chart, chart, chart], columns: 2).drawing(
            size: Size(width: 1000, height: 800), tools: ChartSamples.tools)
        #expect(drawing.panels.count == 3)
        #expect(drawing.texts(.title).count == 3)
        for text in drawing.texts() { #expect(drawing.canvas.contains(text.bounds)) }
        #expect(throws: ChartError("panels needs at least one chart")) { try Figure([], columns: 1) }
    }

    @Test func long_category_names_are_turned_and_stay_on_the_canvas() throws {
        let names = (0..<12).map { "a rather long category \($0)" }
        let table = try Table([("name", .strings(names)), ("y", .numbers(names.indices.map(Double.init)))])
        let drawing = try ChartSamples.draw(Chart(table).adding("bars", ["x": .string("name"), "y": .string("y")]))
        let turned = drawing.texts(.tickLabel).filter { $0.angle != 0 }
        #expect(turned.count == 12)
        for text in drawing.texts() { #expect(drawing.canvas.contains(text.bounds)) }
    }

    @Test func long_titles_are_wrapped() throws {
        let title = Array(repeating: "words", count: 40).joined(separator: " ")
        let chart = try ChartSamples.scatter(ChartSamples.fourNetworks()).labels(ChartLabels(title: title))
        let lines = try ChartSamples.draw(chart).texts(.title)
        #expect(lines.count > 1)
        #expect(lines.map(\.text).joined(separator: " ") == title)
    }

    // MARK: Errors

    @Test func values_that_an_axis_cannot_show_are_named() throws {
        let table = try Table([("x", .numbers([73.6, 80])), ("y", .numbers([-1, 2]))])
        let chart = try Chart(table).adding("points", ["x": .string("x"), "y": .string("y")])
        let percentages = ChartError(
            "column 'x' has 73.6, which a logit axis cannot show",
            help: "a logit axis takes proportions from 0 to 1, such as 0.85 or 85%; divide percentages by 100")
        #expect(throws: percentages) { try ChartSamples.draw(chart.scales(x: ScaleSetting(.logit))) }
        let negative = ChartError(
            "column 'y' has -1, which a log axis cannot show",
            help: "a log axis takes positive numbers; filter the others out or use a linear axis")
        #expect(throws: negative) { try ChartSamples.draw(chart.scales(y: ScaleSetting(.log))) }
    }

    @Test func arguments_are_checked_when_the_layer_is_added() throws {
        let chart = try Chart(ChartSamples.fourNetworks())
        let channels: [String: Datum] = ["x": .string("source"), "y": .string("transfer")]
        #expect(throws: ChartError("unknown mark 'point'", help: "did you mean 'points'?")) {
            try chart.adding("point", channels)
        }
        #expect(throws: ChartError("points has no argument 'colour'", help: "did you mean 'color'?")) {
            try chart.adding("points", channels.merging(["colour": .string("model")]) { first, _ in first })
        }
        #expect(throws: ChartError("points: 'opacity' takes a number from 0 to 1, not 2")) {
            try chart.adding("points", channels.merging(["opacity": .number(2)]) { first, _ in first })
        }
        #expect(throws: ChartError("unknown scale 'logitt'", help: "did you mean 'logit'?")) {
            try ScaleSetting.Kind(named: "logitt")
        }
    }

    @Test func a_chart_without_layers_or_room_says_so() throws {
        let chart = try Chart(ChartSamples.fourNetworks())
        #expect(throws: ChartError.self) { try ChartSamples.draw(chart) }
        #expect(
            throws: ChartError("80 × 60 points leave no room for the chart", help: "give a larger width: or height:")
        ) {
            try ChartSamples.draw(ChartSamples.scatter(ChartSamples.fourNetworks()), size: Size(width: 80, height: 60))
        }
    }
}
