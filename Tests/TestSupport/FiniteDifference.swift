/// Derivatives by central differences, for checking gradients: `f'(x) ≈ (f(x + h) − f(x − h)) / 2h`.
public enum FiniteDifference {
    /// The derivative of `function` with respect to `values[index]`.
    ///
    /// In double precision a step of 1e-5 leaves an error near 1e-9 for functions of values near one; a kink (ReLU, maximum)
    /// closer than the step would show, which with random values hardly happens.
    public static func derivative(
        at values: [Double], index: Int, step: Double = 1e-5, of function: ([Double]) -> Double
    ) -> Double {
        var moved = values
        moved[index] = values[index] + step
        let above = function(moved)
        moved[index] = values[index] - step
        return (above - function(moved)) / (2 * step)
    }

    /// Up to `count` indices spread evenly over 0..<total, first and last among them.
    public static func sample(_ total: Int, count: Int) -> [Int] {
        guard total > count, count > 1 else { return Array(0..<total) }
        return (0..<count).map { $0 * (total - 1) / (count - 1) }
    }
}
