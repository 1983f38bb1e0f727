/// Points in the plane, gathered in nested squares (Barnes and Hut 1986, "A hierarchical O(N log N) force-calculation
/// algorithm", Nature 324).
///
/// Nodes stand in the order of a walk through the tree, each with the place behind its last descendant: a walk that leaves
/// a branch out jumps there, and needs no stack.
struct QuadTree {
    struct Node {
        /// Centre of mass.
        var x, y: Double
        var mass: Double
        /// The square of the side, 0 for a node without branches.
        var area: Double
        /// The place behind the node's branches.
        var next: Int32
        /// Places in `order`.
        var start, end: Int32
    }

    private(set) var nodes: [Node] = []
    /// The points' numbers, neighbours beside each other.
    private(set) var order: [Int]
    private var spare: [Int]
    /// Squares this many times halved hold points that are equal but for rounding.
    private static let deepest = 50

    /// - Parameter points: x and y in turn.
    init(_ points: [Double]) {
        order = Array(0..<points.count / 2)
        spare = order
        nodes.reserveCapacity(points.count)
        points.withUnsafeBufferPointer { points in
            var (low, high) = ((Double.infinity, Double.infinity), (-Double.infinity, -Double.infinity))
            for index in order {
                low = (min(low.0, points[2 * index]), min(low.1, points[2 * index + 1]))
                high = (max(high.0, points[2 * index]), max(high.1, points[2 * index + 1]))
            }
            let side = max(high.0 - low.0, high.1 - low.1)
            if !order.isEmpty { add(order.startIndex..<order.endIndex, low, side, depth: 0, points) }
        }
    }

    private mutating func add(
        _ range: Range<Int>, _ corner: (Double, Double), _ side: Double, depth: Int,
        _ points: UnsafeBufferPointer<Double>
    ) {
        var (x, y) = (0.0, 0.0)
        for place in range {
            x += points[2 * order[place]]
            y += points[2 * order[place] + 1]
        }
        let mass = Double(range.count)
        let isLeaf = range.count == 1 || depth == QuadTree.deepest || side == 0
        let place = nodes.count
        nodes.append(
            Node(
                x: x / mass, y: y / mass, mass: mass, area: isLeaf ? 0 : side * side, next: 0,
                start: Int32(range.lowerBound), end: Int32(range.upperBound)))
        if !isLeaf { divide(range, corner, side / 2, depth, points) }
        nodes[place].next = Int32(nodes.count)
    }

    /// Sorts a range by quadrant and adds those that are not empty.
    private mutating func divide(
        _ range: Range<Int>, _ corner: (Double, Double), _ half: Double, _ depth: Int,
        _ points: UnsafeBufferPointer<Double>
    ) {
        let middle = (corner.0 + half, corner.1 + half)
        func quadrant(_ index: Int) -> Int {
            (points[2 * index] >= middle.0 ? 1 : 0) + (points[2 * index + 1] >= middle.1 ? 2 : 0)
        }
        var sizes = SIMD4<Int>.zero
        for place in range { sizes[quadrant(order[place])] += 1 }
        let starts = SIMD4(0, sizes[0], sizes[0] + sizes[1], sizes[0] + sizes[1] + sizes[2]) &+ range.lowerBound
        var next = starts
        for place in range {
            let index = order[place]
            let quadrant = quadrant(index)
            spare[next[quadrant]] = index
            next[quadrant] += 1
        }
        for place in range { order[place] = spare[place] }
        for quadrant in 0..<4 where sizes[quadrant] > 0 {
            let corner = (quadrant & 1 == 1 ? middle.0 : corner.0, quadrant & 2 == 2 ? middle.1 : corner.1)
            add(starts[quadrant]..<starts[quadrant] + sizes[quadrant], corner, half, depth: depth + 1, points)
        }
    }

    /// Σ over all other points of q and of q² (point − other), q = 1 / (1 + distance²). A square whose side is less than
    /// `angle` of its distance counts as one point.
    func repulsion(
        ofPlace place: Int, _ x: Double, _ y: Double, squaredAngle: Double, _ nodes: UnsafeBufferPointer<Node>
    ) -> (x: Double, y: Double, sum: Double) {
        var (forceX, forceY, sum) = (0.0, 0.0, 0.0)
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            let (dx, dy) = (x - node.x, y - node.y)
            let square = dx * dx + dy * dy
            guard node.area == 0 || node.area < squaredAngle * square else {
                index += 1
                continue
            }
            let isOwn = node.area == 0 && place >= Int(node.start) && place < Int(node.end)
            let q = 1 / (1 + square)
            let weight = (isOwn ? node.mass - 1 : node.mass) * q
            sum += weight
            forceX += weight * q * dx
            forceY += weight * q * dy
            index = Int(node.next)
        }
        return (forceX, forceY, sum)
    }
}
