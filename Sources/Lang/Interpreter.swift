// The façade grows here.
