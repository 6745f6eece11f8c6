from django import template

from resources.models.assurance import in_full

register = template.Library()
register.filter(in_full)
