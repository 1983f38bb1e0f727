import Testing

@testable import Runtime

@Suite struct ScaleTests {
    @Test(arguments: [
        (0.0...1.0, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.0...1.0, 11, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        (-7.0...13.0, 5, [-5, 0, 5, 10]),
        (0.0023...0.0041, 4, [0.0025, 0.003, 0.0035, 0.004]),
        (1234.0...5678.0, 5, [2000, 3000, 4000, 5000]),
        (0.999...1.001, 3, [0.999, 1, 1.001]),
    ])
    func round_numbers_are_multiples_of_1_2_or_5(range: ClosedRange<Double>, most: Int, expected: [Double]) {
        #expect(Ticks.nice(in: range, most: most).values == expected)
    }

    @Test func ranges_too_narrow_to_divide_have_one_tick() {
        #expect(Ticks.nice(in: 0...Double.leastNonzeroMagnitude, most: 5).values == [0])
        #expect(Ticks.nice(in: 3...3, most: 5).values == [3])
    }

    @Test func linear_labels_share_their_decimals() {
        #expect(LinearScale().ticks(in: 0...1, most: 5).map(\.label) == ["0", "0.25", "0.50", "0.75", "1.00"])
        #expect(LinearScale().ticks(in: -2000...15000, most: 4).map(\.label) == ["0", "5000", "10,000", "15,000"])
        #expect(
            LinearScale(isPercent: true).ticks(in: 0.7...0.9, most: 5).map(\.label) == [
                "70%", "75%", "80%", "85%", "90%",
            ])
        #expect(LinearScale().ticks(in: 0...3e7, most: 4).map(\.label) == ["0", "10⁷", "2×10⁷", "3×10⁷"])
        #expect(LinearScale().ticks(in: -1...1, most: 3).map(\.label) == ["−1", "0", "1"])
    }

    private func logit(_ p: Double) -> Double { LogitScale().transform(p) }

    @Test(arguments: [
        (0.55, 0.995, 7, ["60%", "80%", "90%", "95%", "98%", "99%"]),
        (0.71, 0.815, 6, ["72%", "74%", "76%", "78%", "80%"]),
        (0.60, 0.90, 5, ["60%", "70%", "80%", "90%"]),
        (0.002, 0.9995, 6, ["1%", "10%", "50%", "90%", "99%", "99.9%"]),
        (0.9912, 0.9947, 5, ["99.2%", "99.3%", "99.4%"]),
    ])
    func logit_ticks_read_as_accuracies(low: Double, high: Double, most: Int, expected: [String]) {
        #expect(LogitScale().ticks(in: logit(low)...logit(high), most: most).map(\.label) == expected)
    }

    @Test func logit_ticks_stand_at_their_log_odds() {
        let ticks = LogitScale().ticks(in: logit(0.5)...logit(0.99), most: 5)
        // ln(0.9 / 0.1)
        #expect(ticks.contains { $0.label == "90%" && abs($0.position - 2.197224577336219) < 1e-12 })
    }

    @Test func log_ticks_take_the_digits_there_is_room_for() {
        #expect(LogScale().ticks(in: 0...2, most: 8).map(\.label) == ["1", "2", "5", "10", "20", "50", "100"])
        #expect(LogScale().ticks(in: 0...2, most: 5).map(\.label) == ["1", "3", "10", "30", "100"])
        #expect(LogScale().ticks(in: -6...5, most: 4).map(\.label) == ["10⁻⁶", "0.001", "1", "1000"])
        #expect(LogScale().ticks(in: 1.0...1.2, most: 4).map(\.label) == ["10.0", "12.5", "15.0"])
    }

    @Test func the_ends_of_a_scale_lie_at_the_margin() {
        #expect(LogitScale().position(of: .number(1)) == .infinity)
        #expect(LogitScale().position(of: .number(0)) == -.infinity)
        #expect(LogScale().position(of: .number(0)) == -.infinity)
        #expect(LogitScale().position(of: .missing).isNaN)
    }

    @Test func categories_stand_in_order_of_first_appearance() {
        let scale = CategoryScale([.string("b"), .missing, .string("a"), .string("b"), .number(3)])
        #expect(scale.categories == ["b", "a", "3"])
        #expect(scale.position(of: .string("a")) == 1)
        #expect(scale.position(of: .string("c")).isNaN)
    }

    @Test func colours_follow_categories_and_repeat_after_the_palette() {
        let scale = ColorScale((0..<10).map { .string("s\($0)") })
        #expect(scale.color(of: .string("s0")) == scale.color(of: .string("s8")))
        #expect(PointShape.ofSeries(0) != PointShape.ofSeries(8))
        #expect(Set((0..<8).map { scale.color(of: .string("s\($0)")) }).count == 8)
    }

    @Test func many_numbers_get_a_sequence_of_colours() {
        let scale = ColorScale((0...20).map { .number(Double($0)) })
        #expect(scale.color(of: .number(0)) == Palette.sequence.first)
        #expect(scale.color(of: .number(20)) == Palette.sequence.last)
        #expect(scale.samples == [0, 5, 10, 15, 20].map { .number($0) })
    }
}
