/// Finds a step along a descent direction that satisfies the Wolfe conditions or, where rounding hides the decrease,
/// the approximate ones of Hager & Zhang 2005 ("A new conjugate gradient method with guaranteed descent and an
/// efficient line search", SIAM J. Optim. 16, section 4). Bracketing by Lewis & Overton 2013, with cubic interpolation.
///
/// The curvature condition is what keeps stepᵀ change positive for the quasi-Newton update.
struct LineSearch {
    /// One visited point: φ(step) and φ′(step).
    struct Point {
        var step, value, slope: Double
    }

    /// Share of the predicted decrease that must be had: Nocedal & Wright 2006, section 3.1.
    var decrease = 1e-4
    /// Share of the initial slope that may be left.
    var curvature = 0.9
    /// Relative size of what rounding may do to the objective: logits of 30 in 32 bits are wrong by 2e-6.
    var noise = 1e-6
    /// Doublings or interpolations before giving up; 20 halvings reach 1e-6 of the first step.
    var limit = 20

    /// The accepted point, or nil when none was found; `evaluate` leaves the last visited point's state with the
    /// caller.
    func search(
        from start: Point, firstStep: Double, _ evaluate: (Double) throws -> Point
    ) rethrows -> Point? {
        var (low, high): (Point, Point?) = (start, nil)
        var step = firstStep
        for _ in 0..<limit {
            let point = try evaluate(step)
            if !isLowEnough(point, start) {
                high = point
            } else if point.slope < curvature * start.slope {
                low = point
            } else {
                return point
            }
            if let high {
                step = between(low, high)
                if step == low.step || step == high.step { return nil }
            } else {
                step = 2 * point.step
            }
        }
        return nil
    }

    private func isLowEnough(_ point: Point, _ start: Point) -> Bool {
        guard point.value.isFinite, point.slope.isFinite else { return false }
        if point.value <= start.value + decrease * point.step * start.slope { return true }
        return point.value <= start.value + noise * abs(start.value) && point.slope <= (2 * decrease - 1) * start.slope
    }

    /// The minimum of the cubic through both ends (Nocedal & Wright 2006, equation 3.59), kept off the ends by a tenth.
    private func between(_ low: Point, _ high: Point) -> Double {
        let width = high.step - low.step
        let middle = low.step + width / 2
        guard high.value.isFinite, high.slope.isFinite else { return low.step + width / 10 }
        let d1 = low.slope + high.slope - 3 * (high.value - low.value) / width
        let square = d1 * d1 - low.slope * high.slope
        guard square >= 0 else { return middle }
        let d2 = square.squareRoot()
        let share = 1 - (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2)
        guard share.isFinite else { return middle }
        return low.step + width * min(max(share, 0.1), 0.9)
    }
}
