#include "cdistributions.h"
