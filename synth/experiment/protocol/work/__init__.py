"""The work of each kind of stage: reads what its inputs left, calls the learning, writes into its folder."""
