using Mlir.Cli;

return await CommandLine.RunAsync(args, Terminal.Standard);
