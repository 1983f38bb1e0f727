import Glibc
import Testing

@testable import Runtime

@Suite struct LabelPlacementTests {
    private let panel = Rect(minX: 0, minY: 0, maxX: 400, maxY: 300)

    private func place(_ requests: [LabelRequest], avoiding shapes: [Shape]) -> [PlacedLabel?] {
        LabelPlacement(panel: panel, avoiding: shapes, font: Font(size: 10), measure: EvenMeasure()).place(requests)
    }

    private func dot(_ x: Double, _ y: Double) -> Shape {
        .circle(center: Point(x, y), radius: 4, fill: Color(0), stroke: nil)
    }

    private func request(_ text: String, _ x: Double, _ y: Double) -> LabelRequest {
        LabelRequest(text, at: Point(x, y), clearance: 5)
    }

    @Test func a_lonely_label_stands_to_the_right_without_a_leader() throws {
        let label = try #require(place([request("name", 200, 150)], avoiding: [dot(200, 150)])[0])
        #expect(label.box.minX > 204 && label.box.minX < 210)
        #expect(abs(label.box.center.y - 150) < 1e-9)
        #expect(label.leader == nil)
    }

    @Test func at_the_right_edge_it_stands_to_the_left() throws {
        let label = try #require(place([request("name", 390, 150)], avoiding: [dot(390, 150)])[0])
        #expect(label.box.maxX < 386)
    }

    @Test func it_keeps_away_from_bars_and_lines() throws {
        let wall = Shape.rectangle(Rect(minX: 206, minY: 0, maxX: 400, maxY: 300), fill: Color(0), stroke: nil)
        let line = Shape.line([Point(0, 150), Point(200, 150)], Stroke(Color(0), width: 1))
        let label = try #require(place([request("name", 200, 150)], avoiding: [wall, line, dot(200, 150)])[0])
        #expect(label.box.maxX <= 206)
        #expect(!label.box.isCrossed(from: Point(0, 150), to: Point(200, 150)))
    }

    @Test func a_label_far_from_its_point_has_a_leader_to_it() throws {
        // A ring of dots with gaps that a line can pass, but no text.
        let crowd = stride(from: 15.0, to: 360, by: 30).map { degrees in
            dot(200 + 16 * cos(degrees * .pi / 180), 150 + 16 * sin(degrees * .pi / 180))
        }
        let label = try #require(place([request("name", 200, 150)], avoiding: crowd)[0])
        let leader = try #require(label.leader)
        #expect(abs(leader.from.distance(to: Point(200, 150)) - 5) < 1e-9)
        #expect(label.box.distance(to: leader.to) == 0)
    }

    @Test func labels_of_two_points_on_one_spot_stand_apart() throws {
        let placed = place([request("one", 200, 150), request("two", 200, 150)], avoiding: [dot(200, 150)])
        let (one, two) = (try #require(placed[0]), try #require(placed[1]))
        #expect(!one.box.overlaps(two.box))
    }

    @Test func a_label_without_any_room_is_left_out() {
        let full = Shape.rectangle(panel, fill: Color(0), stroke: nil)
        #expect(place([request("name", 200, 150)], avoiding: [full]) == [nil])
        #expect(place([], avoiding: []).isEmpty)
    }
}
