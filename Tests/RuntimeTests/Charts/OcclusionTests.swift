import Testing

@testable import Runtime

@Suite struct OcclusionTests {
    private let frame = Rect(minX: 10, minY: 20, maxX: 210, maxY: 120)

    /// Whether each of some discs can be seen, from the topmost down.
    private func areVisible(_ discs: [(center: Point, radius: Double)]) -> [Bool] {
        var occlusion = Occlusion(frame: frame)
        return discs.map { occlusion.add($0.center, radius: $0.radius) }
    }

    @Test func onlyWhatIsWhollyUnderOthersIsHidden() {
        let center = Point(100, 70)
        let discs: [(Point, Double)] = [
            (center, 5), (center, 3), (center, 5.6), (center.moved(2, 0), 4), (center.moved(1, 0), 2),
            (Point(300, 70), 4), (Point(100, 700), 4),
        ]
        // The third has a rim that shows, the fourth a part; the last two lie outside the frame.
        #expect(areVisible(discs) == [true, false, true, true, false, false, false])
    }

    @Test func discsCoverTogether() {
        let row = (0..<40).map { (Point(50 + Double($0), 70), 6.0) }
        let visible = areVisible(row + [(Point(70.3, 70.2), 4), (Point(70.3, 74), 4)])
        #expect(visible == [Bool](repeating: true, count: 40) + [false, true])
    }

    /// Every place of the page keeps the disc that is topmost there.
    @Test func theTopmostDiscOfEveryPlaceIsKept() {
        var occlusion = Occlusion(frame: frame)
        // A sequence that fills the frame evenly.
        let centers = (0..<30_000).map { index in
            Point(
                10 + 200 * (Double(index) * 0.754_877_666).truncatingRemainder(dividingBy: 1),
                20 + 100 * (Double(index) * 0.569_840_291).truncatingRemainder(dividingBy: 1))
        }
        let kept = centers.indices.filter { occlusion.add(centers[$0], radius: 4) }
        #expect(kept.count < 6000)
        let isKept = Set(kept)
        for place in stride(from: 12.0, to: 208, by: 3.7) {
            let point = Point(place, 22 + (place * 7.3).truncatingRemainder(dividingBy: 96))
            let top = centers.firstIndex { $0.distance(to: point) < 3.7 }
            #expect(top.map { isKept.contains($0) } ?? true)
        }
    }
}
