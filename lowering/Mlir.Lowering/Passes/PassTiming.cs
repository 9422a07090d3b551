namespace Mlir.Lowering;

/// <summary>The time that one run of a pass took.</summary>
/// <param name="Pass">The pass's name.</param>
/// <param name="Time">The time, verification left out.</param>
public readonly record struct PassTiming(string Pass, TimeSpan Time);
