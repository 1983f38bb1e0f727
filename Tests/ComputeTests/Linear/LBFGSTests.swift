import Testing

@testable import Compute

@Suite struct LBFGSTests {
    /// Σ 100 (x₂ₖ − x₂ₖ₋₁²)² + (1 − x₂ₖ₋₁)², minimum 0 at ones.
    private func rosenbrock(
        _ x: UnsafeBufferPointer<Double>, _ gradient: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var value = 0.0
        for index in stride(from: 0, to: x.count, by: 2) {
            let (a, b) = (x[index], x[index + 1])
            value += 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a)
            gradient[index] = -400 * a * (b - a * a) - 2 * (1 - a)
            gradient[index + 1] = 200 * (b - a * a)
        }
        return value
    }

    private func quadratic(
        _ curvature: [Double]
    ) -> (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Double {
        { x, gradient in
            var value = 1.0
            for index in x.indices {
                gradient[index] = curvature[index] * (x[index] - 1)
                value += gradient[index] * (x[index] - 1) / 2
            }
            return value
        }
    }

    @Test func findsTheMinimumOfACurvedValley() throws {
        var solver = LBFGS(LBFGS.Options(tolerance: 1e-10))
        let start = [-1.2, 1, 3, -4, 0, 0.5]
        let result = try solver.minimize(
            from: start, objective: { rosenbrock($0, $1) + 1 }, inverseCurvature: { start.map { _ in 1 } })
        #expect(result.certificate.reason == .converged)
        #expect(result.parameters.allSatisfy { abs($0 - 1) < 1e-4 })
        #expect(abs(result.certificate.objective - 1) < 1e-9)
    }

    @Test func theRightDiagonalSolvesAQuadraticInOneStep() throws {
        let curvature = [1e-4, 1, 1e4, 1e8]
        var solver = LBFGS()
        let result = try solver.minimize(
            from: [3, -2, 5, 0], objective: quadratic(curvature), inverseCurvature: { curvature.map { 1 / $0 } })
        #expect(result.certificate.iterations == 1)
        #expect(result.parameters.allSatisfy { abs($0 - 1) < 1e-9 })
    }

    @Test func limitIsReportedWithTheBestPoint() throws {
        var solver = LBFGS(LBFGS.Options(maximumIterations: 3))
        var (values, start): ([Double], [Double]) = ([], [-1.2, 1])
        let result = try solver.minimize(
            from: start, objective: { rosenbrock($0, $1) }, inverseCurvature: { [1, 1] },
            observe: { values.append($0.objective) })
        start = result.parameters
        #expect(result.certificate.reason == .iterationLimit)
        #expect(!result.certificate.converged)
        #expect(result.certificate.iterations == 3)
        #expect(values == values.sorted(by: >))
    }

    @Test func aKinkIsNotCalledConverged() throws {
        var solver = LBFGS()
        let result = try solver.minimize(
            from: [0],
            objective: { x, gradient in
                // Slope 1 on both sides of 0, with a jump up on the left: no step is acceptable.
                gradient[0] = 1
                return x[0] < 0 ? 5 : 1 + x[0]
            }, inverseCurvature: { [1] })
        #expect(result.certificate.reason == .noProgress)
    }

    @Test func observerEndsTheWork() {
        var solver = LBFGS()
        #expect(throws: ComputeError(.cancelled, "stop")) {
            try solver.minimize(
                from: [-1.2, 1], objective: { rosenbrock($0, $1) }, inverseCurvature: { [1, 1] },
                observe: { if $0.iteration == 2 { throw ComputeError(.cancelled, "stop") } })
        }
    }

    @Test func startWithoutAValueIsAnError() {
        var solver = LBFGS()
        #expect(throws: ComputeError.self) {
            try solver.minimize(from: [0], objective: { _, _ in .nan }, inverseCurvature: { [1] })
        }
    }

    /// Curvature learnt before a penalty was added serves after it: the same quadratic needs no more iterations.
    @Test func memorySurvivesAChangeOfThePenalty() throws {
        let curvature = (0..<40).map { 1 + Double($0 * $0) }
        let ones = [Double](repeating: 1, count: 40)
        let penalized = curvature.map { $0 + 7 }
        var (informed, fresh) = (LBFGS(LBFGS.Options(memory: 60)), LBFGS(LBFGS.Options(memory: 60)))
        _ = try informed.minimize(
            from: ones.map { _ in 0 }, objective: quadratic(curvature), inverseCurvature: { ones })
        informed.addPenalty(7, first: 40)
        let start = (0..<40).map { 1 + Double($0 % 3 - 1) }
        let (second, first) = (
            try informed.minimize(from: start, objective: quadratic(penalized), inverseCurvature: { ones }),
            try fresh.minimize(from: start, objective: quadratic(penalized), inverseCurvature: { ones })
        )
        #expect(second.certificate.iterations < first.certificate.iterations)
        #expect(second.parameters.allSatisfy { abs($0 - 1) < 1e-3 })
    }
}
