namespace Mlir.Backends.Gpu.Interop;

/// <summary>What a call of the driver returned, under the numbers of the CUDA driver.</summary>
internal enum DriverResult
{
    Success = 0,
    InvalidValue = 1,
    OutOfMemory = 2,
    NotInitialized = 3,
    NoDevice = 100,
    InvalidDevice = 101,
    InvalidImage = 200,
    InvalidContext = 201,
    NoBinaryForGpu = 209,
    EccUncorrectable = 214,
    PeerAccessUnsupported = 217,
    InvalidPtx = 218,
    UnsupportedPtxVersion = 222,
    InvalidHandle = 400,
    NotFound = 500,
    NotReady = 600,
    IllegalAddress = 700,
    LaunchOutOfResources = 701,
    LaunchTimeout = 702,
    PeerAccessAlreadyEnabled = 704,
    ContextIsDestroyed = 709,
    Assert = 710,
    HardwareStackError = 714,
    IllegalInstruction = 715,
    MisalignedAddress = 716,
    InvalidAddressSpace = 717,
    InvalidProgramCounter = 718,
    LaunchFailed = 719,
    NotSupported = 801,
    StreamCaptureUnsupported = 900,
    StreamCaptureInvalidated = 901,
    Unknown = 999,
}

/// <summary>What a result means for what comes after it.</summary>
internal static class DriverResults
{
    extension(DriverResult result)
    {
        /// <summary>The context is gone: no later call on the device can succeed.</summary>
        public bool IsSticky =>
            result
                is DriverResult.EccUncorrectable
                    or DriverResult.IllegalAddress
                    or DriverResult.LaunchTimeout
                    or DriverResult.ContextIsDestroyed
                    or DriverResult.Assert
                    or (>= DriverResult.HardwareStackError and <= DriverResult.LaunchFailed)
                    or DriverResult.Unknown;

        /// <summary>The driver does not take the code; its log says why.</summary>
        public bool IsRejectedCode =>
            result
                is DriverResult.InvalidImage
                    or DriverResult.NoBinaryForGpu
                    or DriverResult.InvalidPtx
                    or DriverResult.UnsupportedPtxVersion;
    }
}
