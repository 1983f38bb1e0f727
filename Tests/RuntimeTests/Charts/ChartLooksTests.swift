import Foundation
import Testing

@testable import Runtime

/// Colours of numbers, themes and mathematical text.
@Suite struct ChartLooksTests {
    /// CIE 1976 lightness, 0 for black and 100 for white.
    private func lightness(_ color: Color) -> Double {
        let linear = [color.red, color.green, color.blue].map {
            $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
        }
        let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return luminance > 216.0 / 24389 ? 116 * cbrt(luminance) - 16 : luminance * 24389 / 27
    }

    @Test func the_sequence_is_even_in_lightness() {
        let scale = ColorScale.sequence(0...1)
        let light = (0...18).map { lightness(scale.color(at: Double($0) / 18)) }
        let steps = zip(light, light.dropFirst()).map { $1 - $0 }
        let mean = steps.reduce(0, +) / Double(steps.count)
        for step in steps { #expect(abs(step - mean) < 0.35 * mean) }
    }

    @Test func diverging_colours_are_light_in_the_middle_and_reach_equally_far() {
        let scale = ColorScale([-1, 3].map { .number($0) }, ColorSetting(.diverging, middle: 0.5))
        #expect(scale.range == -2...3)
        #expect(scale.color(of: .number(0.5)) == Color(0xF7F7F7))
        #expect(scale.color(of: .number(3)) == Color(0xB2182B))
        let (low, high) = (lightness(scale.color(at: 0.25)), lightness(scale.color(at: 0.75)))
        #expect(abs(low - high) < 6)
    }

    @Test func equal_numbers_and_missing_ones_have_colours() {
        let scale = ColorScale([.number(3), .missing], ColorSetting(.viridis))
        #expect(scale.color(of: .number(3)) == scale.color(at: 0.5))
        #expect(scale.color(of: .missing) == Palette.absent)
    }

    private func colored() throws -> Chart {
        let table = try Table([
            ("x", .numbers((0..<20).map(Double.init))), ("z", .numbers((0..<20).map { Double($0) / 10 })),
        ])
        return try Chart(table).adding("points", ["x": .string("x"), "y": .string("x"), "color": .string("z")])
    }

    @Test func numbers_get_a_colour_bar() throws {
        let drawing = try ChartSamples.draw(colored())
        #expect(drawing.texts(.legendText).map(\.text) == ["z", "0", "0.5", "1.0", "1.5"])
        let colors = drawing.shapes(.legendKey).compactMap { shape -> Color? in
            if case .rectangle(_, let fill, _) = shape { fill } else { nil }
        }
        #expect(Set(colors).count > 60)
        let panel = try #require(drawing.panels.first)
        for text in drawing.texts(.legendText) {
            #expect(drawing.canvas.contains(text.bounds) && !text.bounds.overlaps(panel))
        }
    }

    @Test func the_bar_names_its_column_and_lies_on_the_canvas_however_narrow() throws {
        let drawing = try ChartSamples.draw(colored(), size: Size(width: 160, height: 200))
        for shape in drawing.shapes(.legendKey) { #expect(shape.bounds.map(drawing.canvas.contains) ?? false) }
    }

    // MARK: Themes

    /// Contrast of two colours by WCAG 2.
    private func contrast(_ first: Color, _ second: Color) -> Double {
        let luminance = { (color: Color) in pow((lightness(color) + 16) / 116, 3) + 0.05 }
        let both = [luminance(first), luminance(second)]
        return (both.max() ?? 1) / (both.min() ?? 1)
    }

    @Test(arguments: ["paper", "notebook", "dark"]) func text_and_signs_stand_out_from_their_ground(name: String) throws
    {
        let theme = try Theme.theme(named: name)
        #expect(contrast(theme.text, theme.background) > 7)
        #expect(contrast(theme.faintText, theme.background) > 4.5)
        #expect(Set(theme.series).count == 8)
        for color in theme.series.dropLast(name == "dark" ? 0 : 1) {
            #expect(contrast(color, theme.background) > (name == "dark" ? 3 : 2))
        }
    }

    @Test func a_theme_colours_ground_and_signs() throws {
        let table = try Table([("x", .numbers([1, 2]))])
        let chart = try Chart(table).adding("points", ["x": .string("x"), "y": .string("x")])
        let drawing = try ChartSamples.draw(chart.theme(.dark))
        #expect(drawing.ground == Theme.dark.background)
        guard case .circle(_, _, let fill, _) = drawing.shapes(.mark("points")).first else {
            Issue.record("no point")
            return
        }
        #expect(fill.map { $0.with(alpha: 1) } == Theme.dark.series[0])
        #expect(throws: ChartError.self) { try Theme.theme(named: "night") }
    }

    // MARK: Mathematical text

    private func shown(_ text: String) -> String {
        MathText(text).runs.map { run in
            switch run.level {
            case .base: run.text
            case .raised: "↑\(run.text)↑"
            case .lowered: "↓\(run.text)↓"
            }
        }.joined()
    }

    @Test(arguments: [
        ("R^2", "R↑2↑"), ("R^2 = 0.9", "R↑2↑ = 0.9"), ("x_1", "x↓1↓"), ("10^{-3} s", "10↑-3↑ s"), ("10^-3", "10↑-3↑"),
        ("p_{adj}", "p↓adj↓"), ("β_0 + β_1 x", "β↓0↓ + β↓1↓ x"), ("file_{name}^{2}", "file↓name↓↑2↑"),
        ("file_names", "file_names"), ("resnet_50", "resnet_50"), ("fold_1", "fold_1"), ("a_b_1", "a_b_1"),
        ("x_1a", "x_1a"), ("^2", "^2"), ("a ^2", "a ^2"), ("x^", "x^"), ("x^n", "x^n"), ("x^{}", "x^{}"),
        ("x^{2", "x^{2"), (#"R\^2"#, "R^2"), (#"x\_1"#, "x_1"), (#"a\b"#, #"a\b"#), ("", ""),
    ])
    func scripts_are_told_from_names(text: String, expected: String) {
        #expect(shown(text) == expected)
    }

    @Test func scripts_are_measured_smaller_and_higher() {
        let measure = CairoTextMeasure()
        let font = Font(size: 20)
        let whole = measure.extent(of: "R^2", in: font)
        let parts = measure.extent(of: "R", in: font).width + measure.extent(of: "2", in: Font(size: 14)).width
        #expect(abs(whole.width - parts) < 1e-9)
        #expect(whole.ascent > measure.extent(of: "R", in: font).ascent)
        #expect(measure.extent(of: "x_1", in: font).descent > measure.extent(of: "x", in: font).descent)
    }

    @Test(arguments: PictureFormat.allCases) func equal_charts_of_every_theme_give_equal_bytes(format: PictureFormat)
        throws
    {
        let tools = ChartTools(measure: CairoTextMeasure(), tQuantile: ChartSamples.tools.tQuantile)
        for theme in [Theme.notebook, .dark] {
            let chart = try colored().theme(theme).labels(ChartLabels(title: "R^2 and x_1"))
            let draw = { try CairoSurface.bytes(of: BuildChart(chart, tools: tools).drawing(), as: format) }
            #expect(try draw() == draw())
        }
    }
}
