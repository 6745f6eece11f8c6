from django import template

from resources import due
from resources.desk_admin import MAY_LOOK

register = template.Library()


@register.inclusion_tag("admin/resources/_front.html", takes_context=True)
def directory_desk(context):
    """What is due in the directory, for whoever may look at places."""
    may_look = context["request"].user.has_perm(MAY_LOOK)
    return {"may_look": may_look, "number": due.how_many() if may_look else {}}
